import { parseRedactionPolicy, type RedactionPolicy } from '@llm-otel/redaction/policy';
import {
  InvalidOptionError,
  parseSamplingPolicy,
  policyPresets,
  type SamplingPolicy,
} from '@llm-otel/sampling/policy';
import { checkPorts } from './check-ports.ts';
import type {
  CollectorExporter,
  CompileInput,
  FleetOptions,
  ResourceDetector,
} from './compile-options.ts';
import { type DecisionWaits, decisionWaits } from './decision-waits.ts';
import { isHostAndPort, isReference } from './endpoint-checks.ts';
import { parseExporter } from './parse-exporter.ts';
import { OTLP_GRPC_PORT } from './tiers/common-settings.ts';
import { exporterId } from './tiers/exporter-settings.ts';

/** The input with every default filled in, checked. */
export interface ResolvedInput {
  readonly sampling: SamplingPolicy;
  readonly redaction: RedactionPolicy | undefined;
  readonly exporters: readonly CollectorExporter[];
  readonly fleet: Fleet;
}

export interface Fleet extends DecisionWaits {
  readonly platform: NonNullable<FleetOptions['platform']>;
  /** `host:port` of each. The names stay over restarts, so that a trace keeps its gateway. */
  readonly gateways: readonly string[];
  readonly namespace: string;
  readonly environment: string | undefined;
  readonly resourceDetection: readonly ResourceDetector[];
  readonly image: string | undefined;
  readonly maxTraces: number;
  readonly maxTraceMib: number;
  readonly spansPerTrace: number;
  readonly agentMemoryMib: number;
  readonly gatewayMemoryMib: number;
  readonly gatewayDiskGib: number;
}

const inputMembers = ['sampling', 'redaction', 'exporters', 'fleet'];
const platforms = ['kubernetes', 'compose', 'none'] as const;
const detectors: readonly ResourceDetector[] = [
  'env',
  'system',
  'docker',
  'ec2',
  'ecs',
  'eks',
  'gcp',
  'azure',
  'aks',
];
const numbers = {
  maxTraces: { fallback: 50_000, least: 1 },
  maxTraceMib: { fallback: 64, least: 1 },
  spansPerTrace: { fallback: 20, least: 1 },
  agentMemoryMib: { fallback: 512, least: 64 },
  gatewayMemoryMib: { fallback: 2048, least: 128 },
  gatewayDiskGib: { fallback: 10, least: 1 },
} as const;
const MAX_GATEWAYS = 1000;

/** @throws InvalidOptionError naming the member, such as `exporters[0].endpoint` */
export function resolveInput(json: unknown): ResolvedInput {
  const input = objectAt(json, 'input', inputMembers) as Partial<CompileInput>;
  const { exporters } = input;
  if (!Array.isArray(exporters) || exporters.length === 0) {
    fail(
      'exporters',
      exporters,
      'a list of at least one, such as [{ "type": "otlp_http", "endpoint": "https://…" }]',
    );
  }
  const parsed = exporters.map((exporter, index) => parseExporter(exporter, `exporters[${index}]`));
  const ids = parsed.map((exporter) => exporterId(exporter));
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) !== index) {
      fail(
        `exporters[${index}].name`,
        parsed[index]?.name,
        'a name that no other exporter of this type has',
      );
    }
  }
  checkPorts(parsed);
  const sampling =
    input.sampling === undefined
      ? (policyPresets['development'] as SamplingPolicy)
      : parseSamplingPolicy(input.sampling);
  return {
    sampling,
    redaction: input.redaction === undefined ? undefined : parseRedactionPolicy(input.redaction),
    exporters: parsed,
    fleet: resolveFleet(input.fleet ?? {}, sampling),
  };
}

function resolveFleet(json: unknown, sampling: SamplingPolicy): Fleet {
  const fleet = objectAt(json, 'fleet', [
    'platform',
    'gateways',
    'namespace',
    'environment',
    'image',
    'resourceDetection',
    'decisionWaitSeconds',
    'decisionWaitAfterRootSeconds',
    ...Object.keys(numbers),
  ]) as FleetOptions;
  const { platform = 'kubernetes', namespace = 'observability', environment, image } = fleet;
  if (!platforms.includes(platform))
    fail('fleet.platform', platform, `one of ${platforms.join(', ')}`);
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)) {
    fail('fleet.namespace', namespace, 'small letters, digits and -, as Kubernetes has it');
  }
  if (environment !== undefined && (typeof environment !== 'string' || environment === '')) {
    fail('fleet.environment', environment, 'a text such as production');
  }
  if (image !== undefined && !/^[\w./:@-]{1,300}$/.test(image)) {
    fail('fleet.image', image, 'the name of an image');
  }
  const resourceDetection = detectorsOf(platform, fleet.resourceDetection ?? []);
  const amounts = Object.fromEntries(
    Object.entries(numbers).map(([name, { fallback, least }]) => {
      const value = fleet[name as keyof typeof numbers] ?? fallback;
      if (!Number.isInteger(value) || value < least) {
        fail(`fleet.${name}`, value, `a whole number of at least ${least}`);
      }
      return [name, value];
    }),
  ) as Record<keyof typeof numbers, number>;
  return {
    ...amounts,
    ...decisionWaits(fleet, sampling),
    gateways: gatewaysOf(platform, namespace, fleet.gateways ?? 2),
    platform,
    namespace,
    environment,
    resourceDetection,
    image,
  };
}

function detectorsOf(platform: Fleet['platform'], wanted: unknown): readonly ResourceDetector[] {
  const isList =
    Array.isArray(wanted) && wanted.every((one) => detectors.includes(one as ResourceDetector));
  if (!isList || new Set(wanted).size !== wanted.length) {
    fail('fleet.resourceDetection', wanted, `a list of ${detectors.join(', ')}, each once`);
  }
  if (platform === 'kubernetes' && wanted.includes('docker')) {
    fail('fleet.resourceDetection', wanted, 'no docker on Kubernetes, whose nodes have no Docker');
  }
  return wanted as readonly ResourceDetector[];
}

function gatewaysOf(
  platform: Fleet['platform'],
  namespace: string,
  gateways: NonNullable<FleetOptions['gateways']>,
): readonly string[] {
  if (platform === 'none') {
    const isList =
      Array.isArray(gateways) &&
      gateways.length > 0 &&
      gateways.every((one) => typeof one === 'string' && (isReference(one) || isHostAndPort(one)));
    if (!isList)
      fail('fleet.gateways', gateways, 'the host:port of each, such as ["gateway-1:4317"]');
    return gateways;
  }
  const isCount =
    typeof gateways === 'number' &&
    Number.isInteger(gateways) &&
    gateways >= 1 &&
    gateways <= MAX_GATEWAYS;
  if (!isCount) fail('fleet.gateways', gateways, `a whole number from 1 to ${MAX_GATEWAYS}`);
  const host = (index: number): string =>
    platform === 'compose'
      ? `gateway-${index}`
      : `gateway-${index}.gateway.${namespace}.svc.cluster.local`;
  return Array.from({ length: gateways }, (_, index) => `${host(index)}:${OTLP_GRPC_PORT}`);
}

function objectAt(
  json: unknown,
  option: string,
  known: readonly string[],
): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return fail(option, json, `an object with ${known.join(', ')}`);
  }
  for (const [member, value] of Object.entries(json)) {
    if (!known.includes(member)) fail(`${option}.${member}`, value, `one of ${known.join(', ')}`);
  }
  return json as Record<string, unknown>;
}

function fail(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use });
}
