import { arch, hostname, platform, release } from 'node:os';
import { basename } from 'node:path';
import type { Attributes } from '@opentelemetry/api';
import { createResource, type SettledResource } from './resource.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';
import type { TelemetryEnvironment } from './telemetry-environment.ts';

/** What a caller sets in code; each member wins over the environment. */
export interface ServiceOptions {
  /** `service.name`. Environment: `OTEL_SERVICE_NAME`. @defaultValue unknown_service:node */
  readonly serviceName?: string | undefined;
  /** `service.version`. Environment: `OTEL_SERVICE_VERSION`. */
  readonly serviceVersion?: string | undefined;
  /** `deployment.environment.name`. Environment: `DEPLOYMENT_ENVIRONMENT`, then `NODE_ENV`. */
  readonly deploymentEnvironment?: string | undefined;
  /** Further attributes; they win over everything that is detected or read. */
  readonly resourceAttributes?: Attributes | undefined;
}

/**
 * The resource of this process: what runs, where, and under which name. Command line arguments and the name of
 * the user are left out on purpose: they hold secrets and personal data more often than answers.
 * `telemetry.sdk.*` is added by {@link createProviders}, which knows the SDK.
 */
export function serviceResource(
  environment: TelemetryEnvironment,
  options: ServiceOptions = {},
): SettledResource {
  const fromVariable = environment.resourceAttributes ?? {};
  return createResource({
    'service.name': telemetryDefaults.serviceName,
    'service.instance.id': crypto.randomUUID(),
    'deployment.environment.name': environment.nodeEnvironment,
    ...processAttributes(),
    ...fromVariable,
    ...given({
      'service.name': environment.serviceName,
      'service.version': environment.serviceVersion,
      'deployment.environment.name': environment.deploymentEnvironment,
    }),
    ...options.resourceAttributes,
    ...given({
      'service.name': options.serviceName,
      'service.version': options.serviceVersion,
      'deployment.environment.name': options.deploymentEnvironment,
    }),
  });
}

/** The name of the environment that `resource` runs in: `production`, `test`. */
export function deploymentEnvironmentOf({ attributes }: SettledResource): string | undefined {
  const name = attributes['deployment.environment.name'];
  return typeof name === 'string' ? name : undefined;
}

function given(attributes: Record<string, string | undefined>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

function processAttributes(): Attributes {
  return {
    'process.pid': process.pid,
    'process.executable.name': basename(process.execPath),
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'host.name': hostname(),
    'host.arch': hostArchitecture(arch()),
    'os.type': osType(platform()),
    'os.version': release(),
  };
}

/** Node.js names the architecture its own way; these two differ from the conventions. */
function hostArchitecture(name: string): string {
  return { x64: 'amd64', arm: 'arm32', ppc: 'ppc32', ia32: 'x86' }[name] ?? name;
}

function osType(name: string): string {
  return { win32: 'windows', sunos: 'solaris' }[name] ?? name;
}
