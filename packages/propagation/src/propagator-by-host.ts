import type { TextMapPropagator } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { knownOptions } from './known-options.ts';
import { w3cTraceContextPropagator } from './trace-context-propagator.ts';

export interface PropagatorByHostOptions {
  /**
   * Hosts that may see what `trusted` writes: a name as it is, or `*.example.com` for every name below it. Ports do not
   * matter.
   * @throws InvalidOptionError unless a list of such names
   */
  readonly hosts: readonly string[];
  /** For those hosts: one with baggage. */
  readonly trusted: TextMapPropagator;
  /** For every other host. @defaultValue W3C trace context, which says nothing about anybody */
  readonly others?: TextMapPropagator | undefined;
}

/**
 * Chooses the propagator by where a request goes, so that session, user and tenant reach your own services and nobody
 * else: `injectHeaders(headers, context, byHost(url))`. An address that cannot be read gets `others`.
 */
export function propagatorByHost(
  options: PropagatorByHostOptions,
): (url: string | URL) => TextMapPropagator {
  knownOptions('propagatorByHost', options, { hosts: true, trusted: true, others: true });
  const { hosts, trusted, others = w3cTraceContextPropagator() } = options;
  for (const [name, value] of Object.entries({ trusted, others })) {
    if (typeof (value as Partial<TextMapPropagator> | null | undefined)?.inject === 'function')
      continue;
    throw new InvalidOptionError({
      option: `propagatorByHost.${name}`,
      value,
      use: 'a propagator, such as w3cPropagator({ baggageKeys })',
    });
  }
  if (
    !Array.isArray(hosts) ||
    !hosts.every((host) => typeof host === 'string' && isPattern(host))
  ) {
    throw new InvalidOptionError({
      option: 'propagatorByHost.hosts',
      value: hosts,
      use: 'a list of host names, for example ["billing.internal", "*.example.com"]',
    });
  }
  const names = new Set<string>();
  const suffixes: string[] = [];
  for (const host of hosts as readonly string[]) {
    const name = host.toLowerCase();
    if (name.startsWith('*.')) suffixes.push(name.slice(1));
    else names.add(name);
  }
  // A message that is sent on must not keep, for a host that is not trusted, what only `trusted` would write.
  const untrusted: TextMapPropagator = {
    inject: (context, carrier, setter) => others.inject(context, carrier, setter),
    extract: (context, carrier, getter) => others.extract(context, carrier, getter),
    fields: () => [...new Set([...others.fields(), ...trusted.fields()])],
  };
  return (url) => {
    const host = hostOf(url);
    const isTrusted =
      host !== undefined && (names.has(host) || suffixes.some((suffix) => host.endsWith(suffix)));
    return isTrusted ? trusted : untrusted;
  };
}

/** A bare name or address: what the address of a request is compared with. */
function isPattern(host: string): boolean {
  return /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host) || /^\[[0-9a-f:.]+\]$/i.test(host);
}

function hostOf(url: string | URL): string | undefined {
  const parsed = typeof url === 'string' ? URL.parse(url) : url;
  // The same host with and without the dot of the root.
  return parsed?.hostname.replace(/\.$/, '');
}
