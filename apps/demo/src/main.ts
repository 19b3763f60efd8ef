import { type DemoOptions, parseDemoOptions, USAGE } from './demo-options.ts';
import { jsonReport } from './report/json-report.ts';
import { printReport } from './report/print-report.ts';
import { runDemo } from './run-demo.ts';
import { ansiPaint, choosePaint, noPaint } from './waterfall/paint.ts';
import { LEAST_COLUMNS } from './waterfall/waterfall.ts';

// In a pipe there is no terminal to ask.
function columnsOf({ COLUMNS }: NodeJS.ProcessEnv): number | undefined {
  const columns = Number(COLUMNS);
  return Number.isInteger(columns) && columns >= LEAST_COLUMNS ? columns : undefined;
}

let options: DemoOptions;
try {
  options = parseDemoOptions(
    process.argv.slice(2),
    process.stdout.columns ?? columnsOf(process.env),
  );
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}

try {
  // Progress goes to standard error: standard output is the report alone.
  const result = await runDemo((step) => console.error(`· ${step}`), options.to);
  const chosen = options.color === undefined ? undefined : options.color ? ansiPaint : noPaint;
  const paint = chosen ?? choosePaint(process.env, process.stdout.isTTY);
  process.stdout.write(
    options.json ? jsonReport(result) : printReport(result, options.columns, paint),
  );
  process.exitCode = result.checks.every(({ ok }) => ok) ? 0 : 1;
} catch (error) {
  console.error(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
