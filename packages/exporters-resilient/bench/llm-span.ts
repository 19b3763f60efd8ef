import { type Attributes, SpanKind, type Tracer } from '@opentelemetry/api';
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** `ascii` has a prompt of 4 KB, `mixed` one with a tenth of its words beyond ASCII, `small` one of 64 characters. */
export type Shape = 'ascii' | 'mixed' | 'small';

const WORDS =
  'please compare the three invoices and tell me which one has the wrong total before you answer list every step briefly'.split(
    ' ',
  );
const FOREIGN = ['Größe', '東京タワー', 'naïve', 'Übergabe'];

// The same texts in every run: a linear congruential generator.
let seed = 7;
function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}
const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';

function prompt(length: number, shape: Shape): string {
  let text = '[{"role":"user","parts":[{"type":"text","content":"';
  while (text.length < length)
    text += `${shape === 'mixed' && random() < 0.1 ? pick(FOREIGN) : pick(WORDS)} `;
  // Flat in memory and one byte a character where that is enough, as text that was parsed from a request is.
  const encoding = shape === 'mixed' ? 'utf16le' : 'latin1';
  return Buffer.from(`${text.slice(0, length - 5)}"}]}]`, encoding).toString(encoding);
}

/** The 15 attributes of a chat span. */
export function chatAttributes(index: number, shape: Shape): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.request.temperature': 0.7,
    'gen_ai.request.top_p': 0.95,
    'gen_ai.request.max_tokens': 1024,
    'gen_ai.response.model': 'gpt-5-mini-2026-08-07',
    'gen_ai.response.id': `chatcmpl-${(1e9 + index).toString(36)}`,
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': 900 + (index % 300),
    'gen_ai.usage.output_tokens': 120 + (index % 90),
    'gen_ai.conversation.id': `conversation-${index % 97}`,
    'server.address': 'api.example.com',
    'server.port': 443,
    'gen_ai.input.messages': prompt(shape === 'small' ? 64 : 4096, shape),
  };
}

/** One chat span with its two events, started and ended. */
export function endChatSpan(tracer: Tracer, attributes: Attributes): void {
  const span = tracer.startSpan('chat gpt-5-mini', { kind: SpanKind.CLIENT, attributes });
  span.addEvent('gen_ai.first_token', { 'llm.ttft_ms': 312.5, 'llm.index': 0, 'llm.region': 'eu' });
  span.addEvent('gen_ai.done', { 'llm.reason': 'stop', 'llm.chunks': 57, 'llm.cached': false });
  span.end();
}

/** Ended spans of the SDK, as a processor gets them. */
export function chatSpans(count: number, shape: Shape): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const keep: SpanProcessor = {
    onStart: () => undefined,
    onEnd: (span) => spans.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const tracer = new TracerProvider({ spanProcessors: [keep] }).getTracer('bench', '1.0.0');
  for (let i = 0; i < count; i++) endChatSpan(tracer, chatAttributes(i, shape));
  return spans;
}
