import type { Destination } from '../destination.ts';
import { printableAddress } from './failure-hint.ts';
import type { HeaderSource } from './header-source.ts';
import { openOtlp } from './open-otlp.ts';
import { type OtlpOptions, resolveOtlp } from './otlp-options.ts';
import { OtlpSender } from './otlp-sender.ts';

/** What can be seen of an OTLP destination. */
export interface OtlpDestination extends Destination {
  readonly url: string;
  /** Prints as names with `[redacted]` values. */
  readonly headers: HeaderSource;
}

/**
 * A receiver that speaks OTLP over HTTP: a Collector, or a back end itself. Failures that pass are tried again with
 * growing, random waits; what a receiver refuses is counted and never sent twice; a request that is
 * too large for it is split.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function otlpDestination(options: OtlpOptions): OtlpDestination {
  const resolved = resolveOtlp(options);
  const { name, url, headers, transport } = resolved;
  return {
    name,
    url,
    headers,
    open(tools) {
      const receiver = {
        sender: new OtlpSender({ ...resolved, clock: tools.clock, isBackground: true }),
        url,
        address: printableAddress(url),
        isGrpc: false,
        close: () => transport.close?.(),
      };
      return openOtlp(options, resolved, receiver, tools);
    },
  };
}
