import type { CompileInput, CompileSettings } from '../../src/index.ts';

/** What the golden files are compiled from: every condition, every kind of share, several releases, all platforms. */
export interface GoldenCase {
  readonly name: string;
  readonly input: CompileInput;
  readonly settings: CompileSettings;
}

const backend = {
  type: 'otlp_http',
  endpoint: '${env:BACKEND_URL}',
  headers: { authorization: 'Bearer ${env:BACKEND_TOKEN}' },
} as const;

export const goldenCases: readonly GoldenCase[] = [
  {
    name: 'production-kubernetes',
    input: {
      sampling: 'errors-and-10-percent',
      exporters: [backend],
    },
    settings: {},
  },
  {
    // The wait that the policy needs.
    name: 'long-runs',
    input: {
      sampling: {
        version: 1,
        rules: [
          { name: 'slow', when: { minDurationMillis: 600_000 }, keep: 'all' },
          { name: 'others', keep: { ratio: 0.01 } },
        ],
      },
      exporters: [backend],
      fleet: { platform: 'none', gateways: ['gateway-1:4317', 'gateway-2:4317'] },
    },
    settings: {},
  },
  {
    // Every trace is waited for as long as a run takes at most, whether its root has come or not.
    name: 'hours-for-all',
    input: {
      sampling: 'errors-only',
      exporters: [backend],
      fleet: {
        platform: 'none',
        gateways: ['gateway-1:4317'],
        decisionWaitSeconds: 14_400,
        decisionWaitAfterRootSeconds: 0,
      },
    },
    settings: {},
  },
  {
    name: 'every-condition-compose',
    input: {
      sampling: {
        version: 1,
        revision: '2026-11-27',
        rules: [
          { name: 'health checks', when: { name: 'GET /health*', kind: 'server' }, keep: 'none' },
          { name: 'errors', when: { error: true }, keep: 'all' },
          {
            name: 'noisy, and it costs $',
            when: { error: false, service: '*-batch', minSpans: 3 },
            keep: { ratio: 0.01 },
          },
          {
            name: 'bad answers',
            when: { evaluation: { name: 'relevance', label: 'fail*', maxScore: 0.4 } },
            keep: 'all',
          },
          { name: 'complaints', when: { feedback: { maxScore: 0 } }, keep: 'all' },
          { name: 'slow', when: { minDurationMillis: 30_000 }, keep: 'all' },
          {
            name: 'large',
            when: { minTokens: 100_000, minCostMicroUsd: 500_000 },
            keep: { ratio: 0.5 },
          },
          {
            name: 'gold customers',
            when: {
              model: 'gpt-*',
              agent: '*writer*',
              attributes: {
                'app.tier': 'gold "plus" \\ $1',
                'app.retry': true,
                'app.level': 3,
                'http.response.status_code': { min: 500, max: 599 },
                'error.type': { oneOf: ['timeout', 7, false] },
                'app.note': { like: 'a.b*c', exists: true },
                'app.seen': { exists: false },
                'app.share': { min: -0.000_000_1, max: 1e21 },
              },
            },
            keep: { ratio: 0.25 },
          },
          { name: 'others', keep: { ratio: 0.1 } },
        ],
      },
      exporters: [
        backend,
        {
          type: 'otlp_grpc',
          name: 'archive',
          endpoint: 'archive:4317',
          insecure: true,
          compression: 'zstd',
          signals: ['traces'],
        },
      ],
      fleet: {
        platform: 'compose',
        environment: 'production',
        gateways: 3,
        decisionWaitSeconds: 60,
        gatewayMemoryMib: 4096,
      },
    },
    settings: { collectorVersion: '0.161.0' },
  },
  {
    name: 'limits-approximated',
    input: {
      sampling: {
        version: 1,
        floor: 0.01,
        ceiling: 0.9,
        rules: [
          { name: 'errors', when: { error: true }, keep: 'all' },
          {
            name: 'per user',
            when: { attributes: { 'user.id': { exists: true } } },
            keep: { rate: { tracesPerSecond: 10, burst: 50, per: { attribute: 'user.id' } } },
          },
          {
            name: 'by load',
            when: { service: 'desk' },
            keep: { adaptive: { base: 0.5, aboveLoad: 0.7 } },
          },
          { name: 'others', keep: { adaptive: { spansPerSecond: 100 } } },
        ],
      },
      exporters: [{ type: 'debug' }],
      fleet: {
        platform: 'none',
        gateways: ['gateway-a:4317', 'gateway-b:4317'],
        spansPerTrace: 12,
      },
    },
    settings: { allowApproximate: true, collectorVersion: '0.155.0' },
  },
  {
    name: 'release-0.144',
    input: {
      sampling: {
        version: 1,
        rules: [
          { name: 'health checks', when: { name: 'GET /health*' }, keep: 'none' },
          { name: 'errors', when: { error: true }, keep: 'all' },
          { name: 'slow', when: { minDurationMillis: 5000 }, keep: { ratio: 0.5 } },
          { name: 'others', keep: { ratio: 0.05 } },
        ],
      },
      exporters: [backend],
      fleet: { platform: 'none', gateways: ['gateway:4317'] },
    },
    settings: { collectorVersion: '0.144.0' },
  },
  {
    // Not the secrets: each new format of a token would change the file. They are tried where a Collector runs.
    name: 'redaction',
    input: {
      sampling: 'errors-only',
      redaction: {
        version: 1,
        presets: ['pii'],
        prompts: false,
        completions: false,
        keys: { block: ['customer.*', 'internalNote'], allow: ['public_token'] },
        values: { allow: ['support@example.com'] },
        actions: { default: 'partial' },
        maxValueLength: 8192,
        patterns: [
          { name: 'ticket', pattern: String.raw`\bTCK-\d{6}\b` },
          {
            name: 'account',
            pattern: String.raw`acct[\u00a0 ](?<number>\p{Lu}{2}\d+)$`,
            ignoreCase: true,
          },
        ],
      },
      exporters: [backend],
      fleet: { namespace: 'telemetry', gateways: 2 },
    },
    settings: { collectorVersion: '0.161.0' },
  },
  {
    name: 'local-back-ends',
    input: {
      sampling: 'development',
      redaction: {
        version: 1,
        presets: ['pii'],
        detectors: { add: ['mac_address', 'crypto'], drop: ['us_ssn'] },
        tools: false,
        actions: { email_address: 'hash' },
        patternBudgetMillis: 20,
      },
      exporters: [
        { type: 'jaeger' },
        { type: 'zipkin', only: 'gen_ai' },
        { type: 'prometheus' },
        { ...backend, name: 'models', only: 'gen_ai' },
      ],
      fleet: { platform: 'compose', gateways: 1, resourceDetection: ['env', 'docker', 'system'] },
    },
    settings: { collectorVersion: '0.161.0' },
  },
  {
    name: 'detection-kubernetes',
    input: {
      exporters: [
        { type: 'prometheus', endpoint: '0.0.0.0:9000' },
        { type: 'debug', only: 'gen_ai' },
      ],
      fleet: { gateways: 1, resourceDetection: ['env', 'ec2'] },
    },
    settings: { collectorVersion: '0.150.0' },
  },
];
