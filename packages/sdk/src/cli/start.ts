import { openRecordings } from '@llm-otel/exporters-resilient/cli';
import { findCommands } from './find-commands.ts';
import { commands } from './index.ts';
import { runCli } from './run-cli.ts';

const interrupted = new AbortController();
// The second Ctrl-C ends the process at once, as it does everywhere.
process.once('SIGINT', () => interrupted.abort());
// `llm-otel spool cat | head`: who reads the output has enough of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await runCli(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    environment: process.env,
    signal: interrupted.signal,
    recordings: (name) => openRecordings(name, { cwd: process.cwd(), stdin: () => process.stdin }),
  },
  (report) => findCommands([import.meta.dirname, process.cwd()], report, { name: 'sdk', commands }),
);
