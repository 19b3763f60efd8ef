import { arch, hostname, platform, release } from 'node:os';
import { basename } from 'node:path';
import type { Attributes } from '@opentelemetry/api';
import { createResource, type SettledResource } from './resource.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';
import type { TelemetryEnvironment } from './telemetry-environment.ts';
import type { ResourceDetectorName } from './variables/resource-variables.ts';

/** What a caller sets in code; each member wins over the environment. */
export interface ServiceOptions {
  /** `service.name`. Environment: `OTEL_SERVICE_NAME`. @defaultValue unknown_service:node */
  readonly serviceName?: string | undefined;
  /** `service.version`. Environment: `OTEL_SERVICE_VERSION`. */
  readonly serviceVersion?: string | undefined;
  /** `deployment.environment.name`, and `deployment.environment` as before. Environment: `DEPLOYMENT_ENVIRONMENT`, then `NODE_ENV`. */
  readonly deploymentEnvironment?: string | undefined;
  /** Further attributes; they win over everything that is detected or read. */
  readonly resourceAttributes?: Attributes | undefined;
}

/**
 * The resource of this process: what runs, where, and under which name. Command line arguments and the name of
 * the user are left out on purpose: they hold secrets and personal data more often than answers.
 * `telemetry.sdk.*` is added by {@link createProviders}, which knows the SDK.
 * @param detected what the detectors of clouds and containers found; variables and options win over it
 */
export function serviceResource(
  environment: TelemetryEnvironment,
  options: ServiceOptions = {},
  detected: Attributes = {},
): SettledResource {
  const fromVariable = environment.resourceAttributes ?? {};
  return createResource({
    'service.name': telemetryDefaults.serviceName,
    ...given(environmentNamed(environment.nodeEnvironment)),
    ...detectedHere(environment.resourceDetectors ?? telemetryDefaults.resourceDetectors),
    ...withBothNames(detected),
    ...withBothNames(fromVariable),
    ...given({
      'service.name': environment.serviceName,
      'service.version': environment.serviceVersion,
      ...environmentNamed(environment.deploymentEnvironment),
    }),
    ...withBothNames(options.resourceAttributes ?? {}),
    ...given({
      'service.name': options.serviceName,
      'service.version': options.serviceVersion,
      ...environmentNamed(options.deploymentEnvironment),
    }),
  });
}

const ENVIRONMENT = 'deployment.environment.name';
/** What it was called before; receivers know either. */
const FORMER_ENVIRONMENT = 'deployment.environment';

function environmentNamed(name: string | undefined): Record<string, string | undefined> {
  return { [ENVIRONMENT]: name, [FORMER_ENVIRONMENT]: name };
}

/** Where only one of the two names is there, the other says the same. */
function withBothNames(attributes: Attributes): Attributes {
  const name = attributes[ENVIRONMENT] ?? attributes[FORMER_ENVIRONMENT];
  return name === undefined
    ? attributes
    : {
        ...attributes,
        [ENVIRONMENT]: name,
        [FORMER_ENVIRONMENT]: attributes[FORMER_ENVIRONMENT] ?? name,
      };
}

/** The name of the environment that something with these attributes runs in: `production`, `test`. */
export function deploymentEnvironmentOf({
  attributes,
}: {
  readonly attributes: Attributes;
}): string | undefined {
  const name = attributes[ENVIRONMENT] ?? attributes[FORMER_ENVIRONMENT];
  return typeof name === 'string' ? name : undefined;
}

function given(attributes: Record<string, string | undefined>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

/** What Node.js itself knows, by the names that `OTEL_NODE_RESOURCE_DETECTORS` has for it. */
const HERE: Partial<Record<ResourceDetectorName, () => Attributes>> = {
  host: () => ({ 'host.name': hostname(), 'host.arch': hostArchitecture(arch()) }),
  os: () => ({ 'os.type': osType(platform()), 'os.version': release() }),
  process: () => ({
    'process.pid': process.pid,
    'process.executable.name': basename(process.execPath),
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
  }),
  serviceinstance: () => ({ 'service.instance.id': crypto.randomUUID() }),
};

function detectedHere(names: readonly ResourceDetectorName[]): Attributes {
  if (names.includes('none')) return {};
  const chosen = names.includes('all') ? (Object.keys(HERE) as ResourceDetectorName[]) : names;
  return Object.assign({}, ...chosen.map((name) => HERE[name]?.())) as Attributes;
}

/** Node.js names the architecture its own way; these two differ from the conventions. */
function hostArchitecture(name: string): string {
  return { x64: 'amd64', arm: 'arm32', ppc: 'ppc32', ia32: 'x86' }[name] ?? name;
}

function osType(name: string): string {
  return { win32: 'windows', sunos: 'solaris' }[name] ?? name;
}
