// For `node --require @llm-otel/sdk/register app.cjs`, the habit of CommonJS. `require` cannot wait for a start; the
// program can be made to wait for it: Node.js leaves `Module.runMain` to what is preloaded for things like this.
// CommonJS itself, and nothing is loaded at first: Node.js preloads this into the thread of the hooks that instrumentations
// register as well, which can load no ES module before they are there.

interface Main {
  runMain(...args: unknown[]): void;
}

function startBeforeMain(): void {
  const started = import('@llm-otel/sdk/register');
  const main = process.getBuiltinModule('node:module') as unknown as Main;
  const runMain = main.runMain.bind(main);
  let isWaiting = false;
  main.runMain = (...args) => {
    isWaiting = true;
    // A start alone keeps no process alive.
    const alive = setInterval(() => undefined, 2 ** 31 - 1);
    void started
      .finally(() => clearInterval(alive))
      // Outside of the promise: what the program throws is thrown by it, and is no rejection.
      .then(() => setImmediate(() => runMain(...args)));
  };
  // What is preloaded is followed by the program at once. None waits where the program itself requires this.
  void started.then(async () => {
    if (isWaiting || !isProgram()) return;
    const { diag } = await import('@opentelemetry/api');
    diag.warn(
      'llm-otel: @llm-otel/sdk/register was loaded with require(), and the application does not wait for it: what it loads and does before telemetry has started is not recorded. Start it with node --import @llm-otel/sdk/register',
    );
  });
}

/** Not a line of `--eval`, a console, or what starts a process for each file of tests: nobody means to observe these. */
function isProgram(): boolean {
  const { _eval: line } = process as { readonly _eval?: unknown };
  return (
    process.argv[1] !== undefined && line === undefined && !process.execArgv.includes('--test')
  );
}

if (!process.getBuiltinModule('node:worker_threads').isInternalThread) startBeforeMain();
