import { expect, test } from 'vitest';
import { serverAddressOf } from './server-address.ts';

test.each([
  ['https://api.openai.com/v1', { serverAddress: 'api.openai.com', serverPort: 443 }],
  ['http://localhost/v1', { serverAddress: 'localhost', serverPort: 80 }],
  ['http://[::1]:8080', { serverAddress: '::1', serverPort: 8080 }],
  ['not a url', {}],
  [undefined, {}],
])('of %s', (baseURL, expected) => {
  expect(serverAddressOf(baseURL)).toEqual(expected);
  expect(serverAddressOf(baseURL)).toEqual(expected);
});

test('more servers than are remembered are told apart as well', () => {
  const ports = Array.from({ length: 600 }, (_, index) => 1000 + index);

  expect(ports.map((port) => serverAddressOf(`http://host:${port}`).serverPort)).toEqual(ports);
});
