import type { ModelRequest, ModelScript } from '@llm-otel/testing';

/** What the emulated models answer. Times are short enough to wait for and long enough to see in the waterfall. */
export function emulatorScripts(): ModelScript[] {
  const says = (text: string) => (request: ModelRequest) =>
    JSON.stringify(request.body).includes(text);
  return [
    {
      when: says('You plan the work'),
      delayMillis: 40,
      error: {
        status: 429,
        code: 'rate_limit_exceeded',
        message: 'Rate limit reached for gpt-5-mini',
        headers: { 'retry-after': '1', 'retry-after-ms': '250' },
      },
    },
    {
      when: says('You plan the work'),
      delayMillis: 220,
      text: '1. The researcher looks up the rules and the charges. 2. A rule decides about the refund. 3. The writer answers.',
      usage: { inputTokens: 214, outputTokens: 38, reasoningTokens: 12 },
    },
    {
      when: says('You research support tickets'),
      delayMillis: 260,
      toolCalls: [
        { name: 'search_articles', arguments: { query: 'charged twice refund duplicate' } },
        { name: 'list_charges', arguments: { invoice: 'INV-2041' } },
        { name: 'exchange_rate', arguments: { currency: 'USD' } },
      ],
      usage: { inputTokens: 486, outputTokens: 71, cacheReadTokens: 128, reasoningTokens: 20 },
    },
    {
      when: says('You research support tickets'),
      delayMillis: 180,
      text: 'Invoice INV-2041 was charged twice with 49.00 EUR. By kb-101 the second charge can be refunded without approval.',
      usage: { inputTokens: 912, outputTokens: 44, cacheReadTokens: 384 },
    },
    {
      when: says('You write the answers'),
      delayMillis: 190,
      chunkDelayMillis: 18,
      text:
        'I am sorry about the double charge. The second charge of 49.00 EUR for invoice INV-2041 is on its way back to your card and should ' +
        'arrive within five working days. Your old API key was disabled because it was sent in plain text: please create a new one in the console.',
      usage: { inputTokens: 402, outputTokens: 68, cacheWriteTokens: 96 },
    },
  ];
}
