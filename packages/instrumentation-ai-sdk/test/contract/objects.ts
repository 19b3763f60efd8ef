import {
  type Case,
  answered,
  call,
  collect,
  failing,
  failing6,
  run,
  schema,
  stream,
  streamed,
  structured,
  answer,
  base,
} from './calls.ts';

/** Structured output. */
export const objects: readonly Case[] = [
  {
    name: 'generateObject',
    scripts: [structured],
    run: async (client) => (await client.ai.generateObject({ ...base(client), schema })).object,
    spans: [answered, run],
  },
  {
    name: 'generateObject of what is no JSON',
    scripts: [{ ...answer, text: 'Lyon' }],
    run: (client) =>
      client.ai.generateObject({ ...base(client), schema }).then(
        () => 'answered',
        (error: Error) => [error.name, Reflect.ownKeys(error)],
      ),
    spans: [call, { ...run, errorType: 'AI_NoObjectGeneratedError' }],
  },
  {
    name: 'generateObject, 429',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: async (client) => (await client.ai.generateObject({ ...base(client), schema })).object,
    spans: failing('rate_limit_exceeded'),
    spansOn: failing6,
  },
  {
    name: 'streamObject',
    scripts: [structured],
    async run(client) {
      const result = client.ai.streamObject({ ...base(client), schema });
      const partial = await collect(result.partialObjectStream);
      return { partial, object: await result.object, usage: await result.usage };
    },
    spans: [answered, run],
  },
  {
    name: 'streamObject, left early',
    scripts: [structured],
    run: async (client) =>
      collect(client.ai.streamObject({ ...base(client), schema }).partialObjectStream, 1),
    spans: [
      { ...call, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
  {
    name: 'streamObject, never read',
    scripts: [structured],
    async run(client, { answered: arrived }) {
      const { constructor } = client.ai.streamObject({ ...base(client), schema });
      await arrived;
      return constructor.name;
    },
    spans: [
      { ...call, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
  {
    name: 'streamObject, error event',
    scripts: [
      { ...structured, fault: { kind: 'error', afterChunks: 1, error: { type: 'server_error' } } },
    ],
    async run(client) {
      const errors: unknown[] = [];
      const result = client.ai.streamObject({
        ...base(client),
        schema,
        onError: ({ error }) => void errors.push(error),
      });
      const partial = await collect(result.partialObjectStream).catch(String);
      return { partial, errors, object: await result.object.catch(String) };
    },
    spans: failing('server_error'),
  },
  {
    name: 'streamObject, cut',
    scripts: [{ ...structured, fault: { kind: 'cut', afterChunks: 1 } }],
    async run(client) {
      const errors: unknown[] = [];
      const result = client.ai.streamObject({
        ...base(client),
        schema,
        onError: ({ error }) => void errors.push(error),
      });
      void result.object.catch(() => undefined);
      return { partial: await collect(result.partialObjectStream).catch(String), errors };
    },
    // Version 7 says nothing more of it.
    spans: [
      { ...call, atCollection: true },
      { ...run, atCollection: true },
    ],
    spansOn: failing6,
  },
  {
    name: 'an output of generateText',
    scripts: [structured],
    async run(client) {
      const output = client.ai.Output.object({ schema });
      return (await client.ai.generateText({ ...base(client), output })).output;
    },
    spans: [answered, run],
  },
  {
    name: 'an output of streamText',
    scripts: [structured],
    async run(client) {
      const output = client.ai.Output.object({ schema });
      return collect(stream(client, { output: output as never }).result.partialOutputStream);
    },
    spans: [streamed, run],
  },
];
