import { type Clock, keepProcessAlive, withTimeout } from '@llm-otel/core';
import { loadPeer, type ResourceDetectorName } from '@llm-otel/core/setup';
import { type Attributes, diag } from '@opentelemetry/api';
import { rethrow } from './rethrow.ts';

/** A detector of the upstream packages, of either line. */
interface Detector {
  detect(config?: unknown): { readonly attributes?: Readonly<Record<string, unknown>> };
}

export type UpstreamName = Extract<ResourceDetectorName, 'container' | 'aws' | 'azure' | 'gcp'>;

/** The detectors of each upstream package. Nothing is loaded until it is asked for. */
export type UpstreamDetectors = Readonly<Record<UpstreamName, () => Promise<readonly Detector[]>>>;

const upstream: UpstreamDetectors = {
  container: () =>
    import(/* turbopackOptional: true */ '@opentelemetry/resource-detector-container')
      .catch(rethrow)
      .then(detectorsIn),
  aws: () =>
    import(/* turbopackOptional: true */ '@opentelemetry/resource-detector-aws')
      .catch(rethrow)
      .then(detectorsIn),
  azure: () =>
    import(/* turbopackOptional: true */ '@opentelemetry/resource-detector-azure')
      .catch(rethrow)
      .then(detectorsIn),
  gcp: () =>
    import(/* turbopackOptional: true */ '@opentelemetry/resource-detector-gcp')
      .catch(rethrow)
      .then(detectorsIn),
};

export interface DetectResourceOptions {
  /** Throw where a package is missing, instead of logging it. */
  readonly strict: boolean;
  readonly clock?: Clock | undefined;
  /** Longest time for all of them: away from its cloud, a detector waits for an address that nobody answers. */
  readonly timeoutMillis?: number;
  readonly detectors?: UpstreamDetectors;
}

const TIMEOUT_MILLIS = 2000;

/**
 * What the detectors among `names` that come from upstream packages find out about the container and the cloud. One
 * that fails, or is not done in time, finds nothing; `all` is all whose packages are installed.
 * @throws MissingPeerError for a name whose package is not installed, with `strict`
 */
export async function detectResource(
  names: readonly ResourceDetectorName[],
  options: DetectResourceOptions,
): Promise<Attributes> {
  if (names.includes('none')) return {};
  const { strict, clock, timeoutMillis = TIMEOUT_MILLIS, detectors = upstream } = options;
  const all = names.includes('all');
  const known = Object.keys(detectors) as UpstreamName[];
  const wanted = all ? known : known.filter((name) => names.includes(name));
  const found = await Promise.all(
    wanted.map(async (name): Promise<Attributes> => {
      try {
        const loaded = await loadPeer(
          `@opentelemetry/resource-detector-${name}`,
          `resource detection for ${name}`,
          detectors[name],
        );
        const attributes = await keepProcessAlive(
          withTimeout(askAll(loaded), timeoutMillis, clock),
        );
        if (attributes !== 'timeout') return attributes;
        diag.warn(`llm-otel: detecting ${name} took longer than ${timeoutMillis} ms (left out)`);
      } catch (error) {
        if (strict && !all) throw error;
        diag[all ? 'debug' : 'warn'](`llm-otel: ${String(error)} (left out)`);
      }
      return {};
    }),
  );
  return Object.assign({}, ...found) as Attributes;
}

async function askAll(detectors: readonly Detector[]): Promise<Attributes> {
  const found = await Promise.all(detectors.map(ask));
  return Object.assign({}, ...found) as Attributes;
}

/** Each attribute may come later, or not at all. */
async function ask(detector: Detector): Promise<Attributes> {
  const { attributes = {} } = detector.detect();
  const entries = await Promise.all(
    Object.entries(attributes).map(async ([key, value]) => {
      try {
        return [key, await value] as const;
      } catch {
        return [key, undefined] as const;
      }
    }),
  );
  const known = entries.filter(([, value]) => value !== undefined);
  return Object.fromEntries<Attributes[string]>(known as [string, Attributes[string]][]);
}

/** Every export of such a package that detects. */
function detectorsIn(module: object): Detector[] {
  return Object.values(module).filter(
    (value): value is Detector => typeof value === 'object' && value !== null && 'detect' in value,
  );
}
