import { readList, readMember, readString } from '../read-member.ts';
import { knownUsage, mergeUsage, type Usage } from '../usage/usage.ts';
import type { AnswerUsage, InferenceResponse } from './inference-types.ts';

const NONE: readonly AnswerUsage[] = [];

/** `response` with what the last of its answers says of itself, where nothing else is said. */
export function withLastAnswer(response: InferenceResponse): InferenceResponse {
  if (response.answers === undefined) return response;
  const last = readList(response, 'answers').at(-1);
  return {
    ...response,
    id: response.id ?? readString(last, 'id'),
    model: response.model ?? readString(last, 'model'),
    serviceTier: response.serviceTier ?? readString(last, 'serviceTier'),
  };
}

/** The answers before the last one. `tier` is that of those that do not tell theirs. */
export function answersBefore(
  response: InferenceResponse,
  tier = 'standard',
): readonly AnswerUsage[] {
  if (response.answers === undefined) return NONE;
  return readList(response, 'answers')
    .slice(0, -1)
    .map((answer) => ({
      id: readString(answer, 'id'),
      model: readString(answer, 'model'),
      serviceTier: readString(answer, 'serviceTier') ?? tier,
      usage: countsOf(readMember(answer, 'usage')),
    }));
}

/** What the last answer used, or the one that there is. Answers come as JSON, which has null where there is nothing. */
export function usageOfLast(response: InferenceResponse): Usage | undefined {
  const last = response.answers === undefined ? undefined : readList(response, 'answers').at(-1);
  return (last === undefined ? response.usage : (readMember(last, 'usage') as Usage)) ?? undefined;
}

function countsOf(usage: unknown): Usage | undefined {
  return typeof usage === 'object' && usage !== null
    ? knownUsage(mergeUsage(undefined, usage))
    : undefined;
}
