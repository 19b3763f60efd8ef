/** An answer of a model. */
export interface Answer {
  readonly id: string | undefined;
  readonly model: string;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
}

/** It as chunks of chat completions, which may break off behind the first word. */
export async function* chatChunks({
  id,
  model,
  usage,
  breaksOff = false,
}: Answer & { readonly breaksOff?: boolean }): AsyncGenerator {
  const chunk = (finish_reason: string | null, content: string): object => ({
    id,
    model,
    choices: [{ index: 0, delta: { content }, finish_reason }],
  });
  await Promise.resolve();
  yield chunk(null, 'a');
  if (breaksOff) throw new Error('cut');
  yield chunk('stop', '');
  const { inputTokens: prompt_tokens, outputTokens: completion_tokens } = usage;
  yield { id, model, choices: [], usage: { prompt_tokens, completion_tokens } };
}
