import * as library from '@aws-sdk/client-bedrock-runtime';
import { expect, test } from 'vitest';
import { observedCommands } from '../src/observed-commands.ts';

/** A conversation that goes on in both directions for as long as it is held. */
const left = ['InvokeModelWithBidirectionalStreamCommand'];

test('each command of the newest release is observed, or left for a reason', () => {
  const commands = Object.keys(library).filter((name) => /^[A-Z]\w+Command$/.test(name));

  expect(commands.toSorted()).toEqual([...observedCommands.keys(), ...left].toSorted());
});
