import { keySegments } from '../keys/key-segments.ts';
import { type Content, contents } from './content.ts';

/** Libraries whose attributes are about models: what they add tomorrow is judged by its words. */
const LIBRARIES =
  /^(?:gen_ai|llm|ai|openinference|traceloop|langfuse|langsmith|langchain|langgraph|mlflow|lk|livekit|haystack|mcp|fastmcp|agentops|braintrust|genkit|pydantic_ai|crewai|autogen|agno|dspy|llama_index|semantic_kernel|gcp\.vertex\.agent|spring\.ai|openlit|weave|humanloop|respan|helicone|agent_framework|strands|claude_code)[.:]/;

const toolWords = wordsOf('tool tools function functions');
const argumentWords = wordsOf('argument arguments args parameters params input');
const promptWords = wordsOf(
  'prompt prompts input inputs query queries question questions instruction ' +
    'instructions document documents context template variables request user system ' +
    'argument arguments args',
);
const completionWords = wordsOf(
  'completion completions output outputs response responses answer answers ' +
    'reasoning thinking reply generation generations choices assistant result results ' +
    'explanation',
);
/** What a name ends in that stands for text, beside the words above. */
const textWords = wordsOf('text texts message messages content contents transcript body');
/** Words that say a side in front of another, and name a text only there. */
const sidesOnly = wordsOf('request user system assistant');

/** Words written with spaces between them. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

function guessed(content: Content): Content {
  return { ...content, isGuess: true };
}

const guesses = {
  prompt: guessed(contents.prompt),
  completion: guessed(contents.completion),
  conversation: guessed(contents.conversation),
  toTool: guessed(contents.toolFromModel),
  fromTool: guessed(contents.toolToModel),
};

/** Whether the name is that of such a library, or begins with it. */
export function isOfLibrary(name: string): boolean {
  return LIBRARIES.test(`${name}.`);
}

/** What a name under that of such a library stands for by its words, or `undefined`. */
export function guessedContent(key: string): Content | undefined {
  return LIBRARIES.test(key) ? contentByWords(key) : undefined;
}

/** What the words of a name say of content: the last one must stand for a text. */
export function contentByWords(key: string): Content | undefined {
  const words = keySegments(key);
  const last = words.at(-1) ?? '';
  const isSide = (promptWords.has(last) || completionWords.has(last)) && !sidesOnly.has(last);
  const isTool = words.some((word) => toolWords.has(word));
  const isOfTool = isTool && (toolWords.has(last) || argumentWords.has(last) || last === 'calls');
  if (!isSide && !textWords.has(last) && !isOfTool) return undefined;
  if (isTool) {
    const asks = argumentWords.has(last) || last === 'calls' || last === 'call';
    return asks ? guesses.toTool : guesses.fromTool;
  }
  for (const word of words.toReversed()) {
    if (promptWords.has(word)) return guesses.prompt;
    if (completionWords.has(word)) return guesses.completion;
  }
  return guesses.conversation;
}
