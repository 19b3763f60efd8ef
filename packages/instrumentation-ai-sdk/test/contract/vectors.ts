import { type Case, base, embeddings, major6 } from './calls.ts';

/** Embeddings. */
export const vectors: readonly Case[] = [
  {
    name: 'embed',
    scripts: [],
    async run(client) {
      const { prompt: _, model: _model, ...settings } = base(client);
      const model = client.openAi.embedding('text-embedding-3-small');
      const { embedding, usage: used } = await client.ai.embed({ ...settings, model, value: 'a' });
      return { embedding, used };
    },
    spans: [embeddings],
  },
  {
    name: 'embedMany',
    scripts: [],
    async run(client) {
      const { prompt: _, model: _model, ...settings } = base(client);
      const model = client.openAi.embedding('text-embedding-3-small');
      return (await client.ai.embedMany({ ...settings, model, values: ['a', 'b'] })).embeddings;
    },
    spans: [embeddings],
  },
  {
    name: 'embed, 401',
    scripts: [{ error: { status: 401, code: 'invalid_api_key' }, when: () => true }],
    async run(client) {
      const { prompt: _, model: _model, ...settings } = base(client);
      const model = client.openAi.embedding('text-embedding-3-small');
      return client.ai.embed({ ...settings, model, value: 'a' });
    },
    spans: [{ ...embeddings, errorType: 'invalid_api_key' }],
    spansOn: major6({ ...embeddings, errorType: 'AI_APICallError' }),
  },
];
