// watch: loads the page again when the site has been built anew.  Only
// `serve --watch` sends it; no built site holds it.
"use strict";

const timing = performance.getEntriesByType("navigation")[0].serverTiming ?? [];
let build = timing.find((entry) => entry.name === "build")?.description;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// A page in the background does not ask: browsers have few connections.
const shown = () => new Promise((done) => {
	if (document.visibilityState === "visible")
		done();
	else
		document.addEventListener("visibilitychange", done, {once: true});
});

async function ask() {
	const stop = new AbortController();
	const hidden = () => stop.abort();

	document.addEventListener("visibilitychange", hidden, {once: true});
	try {
		const answer = await fetch(`/_watch?${build}`,
			{cache: "no-store", signal: stop.signal});
		return answer.ok ? (await answer.text()).trim() : undefined;
	} catch {
		return undefined;
	} finally {
		document.removeEventListener("visibilitychange", hidden);
	}
}

async function watch() {
	for (;;) {
		await shown();
		const now = await ask();

		if (now === undefined)
			await pause(500);
		else if (build === undefined)
			build = now;
		else if (now !== build)
			return location.reload();
	}
}

watch();
