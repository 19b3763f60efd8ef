import { readCased, readList, readMember, toList } from '../read-member.ts';
import type { MessagePart, TextPart } from './message-types.ts';
import { textPart } from './parts.ts';

/**
 * A text with what it cites, as the provider says it: a member of this package beside those of the conventions, which allow more and have no
 * shape for citations.
 */
export function citedText(content: string, citations: readonly unknown[]): MessagePart {
  return citations.length === 0 ? textPart(content) : { type: 'text', content, citations };
}

/** `parts` with citations of the answer as a whole: they stand at its last text. Without a text they cite nothing. */
export function withCitations(
  parts: readonly MessagePart[],
  citations: readonly unknown[],
): readonly MessagePart[] {
  const last = parts.findLastIndex(({ type }) => type === 'text');
  const part = parts[last];
  if (part === undefined || citations.length === 0) return parts;
  const cited: MessagePart = { ...(part as TextPart), citations };
  return parts.with(last, cited);
}

/**
 * What a candidate of Gemini cites: each passage that is grounded, with the sources in the place of their numbers, sources that no passage
 * names, and what is quoted from elsewhere.
 */
export function citationsOfGemini(candidate: unknown): unknown[] {
  return [...groundedIn(candidate), ...quotedIn(candidate)];
}

export function groundedIn(candidate: unknown): unknown[] {
  const grounding = readCased(candidate, 'groundingMetadata');
  const chunks = toList(readCased(grounding, 'groundingChunks'));
  const named = new Set<unknown>();
  const passages = toList(readCased(grounding, 'groundingSupports')).map((support) => {
    const numbers = toList(readCased(support, 'groundingChunkIndices'));
    const sources = numbers.flatMap((number) => {
      const source = typeof number === 'number' ? chunks[number] : undefined;
      if (source === undefined) return [];
      named.add(source);
      return [source];
    });
    return { segment: readMember(support, 'segment'), sources };
  });
  return [...passages, ...chunks.filter((chunk) => !named.has(chunk))];
}

export function quotedIn(candidate: unknown): unknown[] {
  const quoted = readCased(candidate, 'citationMetadata');
  // One is the word of Vertex AI, the other that of the Gemini API.
  return [...readList(quoted, 'citations'), ...toList(readCased(quoted, 'citationSources'))];
}
