import { keysOf, readCased, readMember, readString } from '../read-member.ts';

/**
 * The tier that the `usageMetadata` of Gemini tells: `flex`, `priority`. Vertex AI tells it as the type of traffic,
 * `ON_DEMAND_FLEX`.
 */
export function serviceTierFromGemini(usageMetadata: unknown): string | undefined {
  const told = readCased(usageMetadata, 'serviceTier') ?? readCased(usageMetadata, 'trafficType');
  if (typeof told !== 'string' || told === '' || /unspecified$/i.test(told)) return undefined;
  return told.replace(/^(?:SERVICE_TIER|ON_DEMAND)_/i, '').toLowerCase();
}

/** The tier that a provider of the Vercel AI SDK tells in the `providerMetadata` of a result or of its last part. */
export function serviceTierFromAiSdk(result: unknown): string | undefined {
  const metadata = readMember(result, 'providerMetadata');
  for (const provider of keysOf(metadata)) {
    const told = readMember(metadata, provider);
    const tier =
      readString(told, 'serviceTier') ??
      // Bedrock.
      readString(readMember(told, 'serviceTier'), 'type') ??
      // Anthropic, with its usage as it came.
      readString(readMember(told, 'usage'), 'service_tier');
    if (tier !== undefined) return tier;
  }
  return undefined;
}
