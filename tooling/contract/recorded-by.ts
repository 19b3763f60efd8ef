import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What an application writes, as JSON, that is started with `telemetry.ts` in front of it, which writes what it has recorded. Both
 * are in the folder `fixtures`.
 */
export async function recordedBy(
  fixtures: string,
  application: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<unknown> {
  const { stdout } = await run(
    process.execPath,
    ['--no-warnings', '--import', `${fixtures}/telemetry.ts`, `${fixtures}/${application}`],
    { env: { ...process.env, ...environment } },
  );
  return JSON.parse(stdout);
}
