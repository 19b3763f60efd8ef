import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the policy entry point loads nothing of OpenTelemetry', () => {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { productionPolicy } = await import('@llm-otel/sampling/policy');
    console.log(JSON.stringify({ rules: productionPolicy.rules.length, loaded }));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });

  expect(stderr).toBe('');
  const { rules, loaded } = JSON.parse(stdout) as { rules: number; loaded: string[] };
  expect(rules).toBeGreaterThan(1);
  expect(loaded.length).toBeGreaterThan(1);
  expect(loaded.filter((url) => url.includes('opentelemetry'))).toEqual([]);
});
