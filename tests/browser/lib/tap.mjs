// tap: a test is a sentence and a function; what it throws is the fault.
let count = 0, failed = 0;
let stopped = null; // the step at which the journey ended

async function run(name, test, stops) {
  count++;
  try {
    await test();
    console.log(`ok ${count} - ${name}`);
  } catch (fault) {
    failed++;
    if (stops)
      stopped ??= name;
    console.log(`not ok ${count} - ${name}`);
    for (const line of String(fault.stack ?? fault).split('\n').slice(0, 12))
      console.log(`  # ${line}`);
  }
}

// A step of a journey: when it fails, those after it are not run; they say
// so rather than fail for another reason.
export function step(name, test) {
  return run(name, stopped ? unreached : test, true);
}

// A look at where the journey has come: nothing builds on it.
export function look(name, test) {
  return run(name, stopped ? unreached : test, false);
}

// Stands alone, whatever failed before.
export function check(name, test) {
  return run(name, test, false);
}

function unreached() {
  const fault = new Error();
  fault.stack = `not reached after "${stopped}"`;
  throw fault;
}

export function done() {
  console.log(`1..${count}`);
  process.exitCode = failed ? 1 : 0;
}

export function ok(condition, message) {
  if (!condition)
    throw new Error(message);
}

export function equal(actual, expected, what) {
  ok(actual === expected, `${what}: ${JSON.stringify(actual)}, ` +
    `expected ${JSON.stringify(expected)}`);
}

export function match(actual, pattern, what) {
  ok(pattern.test(actual), `${what}: ${JSON.stringify(actual)} does not ` +
    `match ${pattern}`);
}
