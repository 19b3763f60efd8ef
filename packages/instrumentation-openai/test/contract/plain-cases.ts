import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase } from '@llm-otel/tooling/contract';
import type OpenAI from 'openai';
import type { Line } from './lines.ts';

type Case = ContractCase<OpenAI, Line, ModelScript>;

const pages: Readonly<Record<string, object>> = {
  '': { data: [{ id: 'file_1' }, { id: 'file_2' }], has_more: true },
  file_2: { data: [{ id: 'file_3' }], has_more: false },
};

/** The emulator has models only, so these clients are answered from memory. */
function answeredBy(client: OpenAI, answer: (url: URL) => Response): OpenAI {
  return client.withOptions({
    fetch: (input) =>
      Promise.resolve(answer(new URL(input instanceof Request ? input.url : String(input)))),
  });
}

const inPages = (client: OpenAI): OpenAI =>
  answeredBy(client, ({ searchParams }) => Response.json(pages[searchParams.get('after') ?? '']));
const refusing = (client: OpenAI): OpenAI =>
  answeredBy(client, () => Response.json({ error: { message: 'no file' } }, { status: 404 }));

/** Files, batches and lists: no calls of a model, and still the application must see what it would see without us. */
export const plainCases: readonly Case[] = [
  {
    name: 'a list, its first page',
    scripts: [],
    async run(client) {
      const page = await inPages(client).files.list();
      return { class: page.constructor.name, data: page.data, more: page.hasNextPage() };
    },
    spans: [],
  },
  {
    name: 'a list, item by item over all pages',
    scripts: [],
    async run(client) {
      const ids: string[] = [];
      for await (const { id } of inPages(client).files.list()) ids.push(id);
      return ids;
    },
    spans: [],
  },
  {
    name: 'a list with its response',
    scripts: [],
    async run(client) {
      const { data, response } = await inPages(client).files.list().withResponse();
      return { ids: data.data.map(({ id }) => id), status: response.status };
    },
    spans: [],
  },
  {
    name: 'a list, then, catch and finally',
    scripts: [],
    async run(client, { line: { classes } }) {
      const order: string[] = [];
      const list = inPages(client).files.list();
      const promise = list instanceof classes.APIPromise && list instanceof Promise;
      const keys = Object.keys(list);
      const ids = await list
        .finally(() => order.push('finally'))
        .then(({ data }) => data.map(({ id }) => id));
      const again = await list.catch(() => undefined);
      return { order, promise, keys, ids, again: again?.data.length };
    },
    spans: [],
  },
  {
    name: 'a list that is refused',
    scripts: [],
    run: async (client) => {
      const list = refusing(client).files.list();
      const failures = [
        await list.catch((error: unknown) => error),
        await list.then(
          () => 'no error',
          (error: unknown) => error,
        ),
      ];
      return { same: failures[0] === failures[1], text: String(failures[0]) };
    },
    spans: [],
  },
  {
    name: 'the content of a file',
    scripts: [],
    async run(client) {
      const answered = answeredBy(client, () => new Response('line 1\nline 2'));
      return (await answered.files.content('file_1')).text();
    },
    spans: [],
  },
  {
    name: 'a batch that is made',
    scripts: [],
    run: (client) =>
      answeredBy(client, () =>
        Response.json({ id: 'batch_1', status: 'validating' }),
      ).batches.create({
        input_file_id: 'file_1',
        endpoint: '/v1/responses',
        completion_window: '24h',
      }),
    spans: [],
  },
  {
    name: 'a search in a vector store',
    scripts: [],
    async run(client) {
      const answered = answeredBy(client, () =>
        Response.json({ data: [{ file_id: 'file_1', score: 0.9 }], has_more: false }),
      );
      return (await answered.vectorStores.search('vs_1', { query: 'parcels' })).data;
    },
    spans: [{ name: 'retrieval vs_1' }],
  },
];
