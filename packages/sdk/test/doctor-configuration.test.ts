import { startOtlpSink } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { ApplicationFolder } from './application-folder.ts';

const JSON_OFFLINE = ['--offline', '--json'];

describe('a configuration file', () => {
  const WITH_FILE = { OTEL_CONFIG_FILE: 'otel.yaml' };
  const file = (more = ''): string => `
file_format: "1.0"
resource:
  attributes: [{ name: deployment.environment.name, value: production }]
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: \${RECEIVER:-http://127.0.0.1:1/v1/traces}
            headers: [{ name: authorization, value: "Bearer \${TOKEN}" }]
${more}`;

  test('each mistake is a finding, with its line', async () => {
    using application = new ApplicationFolder();
    application.write('otel.yaml', file('disbled: true'));

    const { findings, code } = await application.doctor(JSON_OFFLINE, WITH_FILE);

    expect(findings).toMatchObject([
      {
        id: 'configuration-file',
        what: expect.stringContaining('otel.yaml:12:1 disbled') as string,
      },
    ]);
    expect(code).toBe(1);
  });

  test('a file that is not there, keys that do nothing, and redaction that is off', async () => {
    using application = new ApplicationFolder();
    expect((await application.doctor(JSON_OFFLINE, WITH_FILE)).ids).toEqual(['configuration-file']);

    application.write(
      'otel.yaml',
      file(
        'distribution: {}\ninstrumentation/development: { js: { llm_otel: { redaction: false } } }',
      ),
    );
    expect((await application.doctor(JSON_OFFLINE, WITH_FILE)).ids).toEqual([
      'configuration-file-unsupported',
      'redaction-off',
    ]);
  });

  test('its receiver is asked, and not that of the variables', async () => {
    await using sink = await startOtlpSink();
    using application = new ApplicationFolder();
    application.write('otel.yaml', file());
    const variables = { ...WITH_FILE, OTEL_EXPORTER_OTLP_ENDPOINT: sink.url };

    expect((await application.doctor(['--json'], variables)).ids).toEqual(['endpoint-unreachable']);
    const receiver = { RECEIVER: `${sink.url}/v1/traces` };
    expect((await application.doctor(['--json'], { ...variables, ...receiver })).ids).toEqual([]);
  });

  test('what it says is to be mended in it, whether it is read or holds in a process', async () => {
    const sdk = JSON.stringify(import.meta.resolve('@llm-otel/sdk'));
    using application = new ApplicationFolder();
    application.linkReal('@opentelemetry/api');
    application.write(
      'otel.yaml',
      file(
        'attribute_limits: { attribute_count_limit: 3, attribute_value_length_limit: 100 }\ninstrumentation/development: { js: { llm_otel: { preset: production, redaction: false } } }',
      ),
    );
    application.write(
      'telemetry.js',
      `import { startTelemetry } from ${sdk}; await startTelemetry({ configFile: 'otel.yaml' });`,
    );

    const read = await application.doctor(['--json'], WITH_FILE);
    const held = await application.doctor(['--json', '--import', './telemetry.js']);

    const ids = [
      'attribute-count-limit',
      'endpoint-unreachable',
      'redaction-off',
      'value-length-limit',
    ];
    for (const diagnosis of [read, held]) {
      expect(diagnosis.ids.toSorted()).toEqual(ids);
      for (const { id, what, fix } of diagnosis.findings) {
        expect(id === 'endpoint-unreachable' ? fix : what).toMatch(/otel\.yaml|configuration file/);
        expect(fix).not.toContain('OTEL_');
      }
    }
  });

  test('what holds is shown with where it comes from, and no secret', async () => {
    using application = new ApplicationFolder();
    application.write('otel.yaml', file());
    const token = ['t0p', 'secret'].join('-');
    const variables = { ...WITH_FILE, TOKEN: token, OTEL_SERVICE_NAME: 'shop' };

    const { stdout } = await application.doctor(['--offline'], variables);

    expect(stdout).toMatch(
      /resource\.attributes deployment\.environment\.name = production +otel\.yaml/,
    );
    expect(stdout).toMatch(/otlp_http\.headers\[0\]\.value = \[hidden\] +otel\.yaml/);
    expect(stdout).toMatch(/OTEL_SERVICE_NAME +not read: otel\.yaml stands in its place/);
    expect(stdout).not.toContain(token);
  });

  test('without one, variables that are set; every default where it is asked for', async () => {
    using application = new ApplicationFolder();
    const variables = {
      OTEL_SERVICE_NAME: 'shop',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=t0p',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:t0p@127.0.0.1:1/?key=t0p',
    };

    const brief = await application.doctor(['--offline'], variables);
    const whole = await application.doctor(['--offline', '--settings'], variables);
    const { settings } = JSON.parse((await application.doctor(JSON_OFFLINE, variables)).stdout) as {
      settings: { name: string; from: string }[];
    };

    expect(brief.stdout).toMatch(/OTEL_SERVICE_NAME = shop +variable/);
    expect(brief.stdout).not.toContain('OTEL_BSP_MAX_QUEUE_SIZE');
    expect(whole.stdout).toMatch(/OTEL_BSP_MAX_QUEUE_SIZE = 2048 +default/);
    expect(settings).toContainEqual({ name: 'OTEL_SERVICE_NAME', value: 'shop', from: 'variable' });
    for (const { stdout } of [brief, whole]) expect(stdout).not.toContain('t0p');
  });
});
