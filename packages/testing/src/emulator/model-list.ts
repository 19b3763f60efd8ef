import { CREATED } from './openai-chat.ts';

/** `GET /v1/models`, in the shape of Google's and of Anthropic's for their clients, which always say their versions. */
export function renderModelList(
  models: readonly string[],
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  if ('x-goog-api-client' in headers)
    return { models: models.map((id) => ({ name: `models/${id}`, displayName: id })) };
  if (!('anthropic-version' in headers)) {
    const data = models.map((id) => ({
      id,
      object: 'model',
      created: CREATED,
      owned_by: 'script',
    }));
    return { object: 'list', data };
  }
  const created = new Date(CREATED * 1000).toISOString();
  return {
    data: models.map((id) => ({ type: 'model', id, display_name: id, created_at: created })),
    has_more: false,
    first_id: models[0] ?? null,
    last_id: models.at(-1) ?? null,
  };
}
