-- submit: each request sends one complete synpunkt under a token of its own.
local digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
local threads = 0

function setup(thread)
	thread:set("id", threads)
	threads = threads + 1
end

function init(args)
	math.randomseed(os.time() * 10 + id)
	text = string.rep("Vi+vill+ber%C3%B6mma+er. ", 60):gsub(" ", "+")
end

function request()
	local token = {}
	for i = 1, 20 do
		local k = math.random(1, 32)
		token[i] = digits:sub(k, k)
	end
	return wrk.format("POST", "/e-tjanster/synpunkt/",
		{ ["Content-Type"] = "application/x-www-form-urlencoded" },
		"_action=send&_token=" .. table.concat(token) ..
		"&meddelande=" .. text)
end

function response(status)
	if status ~= 200 then
		wrk.thread:stop()
	end
end
