import { clientMethods, type LeftMethods, unaccounted } from '@llm-otel/tooling/contract';
import { Anthropic } from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { observedMethods } from '../src/observed-methods.ts';

/** The methods of the newest release that are not observed themselves, and why. The client makes spans for many of them. */
const left: LeftMethods = {
  'call one that is observed': ['messages: parse', 'beta.messages: parse thread'],
  'keep, read or change what is stored': [
    'models: list retrieve',
    'beta.models: list retrieve',
    'skills: create delete list retrieve',
    'skills.versions: create delete list retrieve',
    'beta.skills: create delete list retrieve',
    'beta.skills.versions: create delete download list retrieve',
    'beta.memoryStores.*',
    'beta.vaults.*',
  ],
  administer: [
    'organization.*',
    'beta.organization.*',
    'beta.compliance.*',
    'beta.tunnels.*',
    'beta.userProfiles.*',
    'userProfiles.*',
    'beta.webhooks: parseUnverified unwrap',
  ],
  'start work of a server that goes on behind the answer, and ask for it': [
    'beta.agents.*',
    'beta.deploymentRuns.*',
    'beta.deployments.*',
    'beta.dreams.*',
    'beta.environments.*',
    'beta.sessions.*',
  ],
};

test('each method of the newest release is observed, or left for a reason', () => {
  const client = new Anthropic({ apiKey: 'none' });
  const methods = clientMethods(client, (value) => '_client' in value);
  const observed = observedMethods.map(({ path }) => path.join('.'));

  expect(unaccounted(methods, observed, left)).toEqual({ unknown: [], stale: [] });
});
