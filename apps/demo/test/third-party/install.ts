import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Instrumentations of others, and the clients they observe. Too large to be dependencies of everybody. */
const versions: Readonly<Record<string, string>> = {
  '@ai-sdk/openai': '4.0.118',
  '@ai-sdk/otel': '1.0.173',
  '@arizeai/openinference-instrumentation-openai': '4.2.7',
  '@langfuse/tracing': '5.11.1',
  '@opentelemetry/api': '1.10.0',
  '@traceloop/instrumentation-openai': '0.27.0',
  ai: '7.0.173',
  openai: '7.55.0',
};

/** Installs what is missing, without scripts, into a folder that git does not keep. Returns the folder. */
export function installThirdParties(): string {
  const folder = join(import.meta.dirname, '../../.cache/third-party');
  const missing = Object.entries(versions).filter(
    ([name]) => !existsSync(join(folder, 'node_modules', name)),
  );
  if (missing.length === 0) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  execFileSync(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      ...missing.map(([name, version]) => `${name}@${version}`),
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return folder;
}
