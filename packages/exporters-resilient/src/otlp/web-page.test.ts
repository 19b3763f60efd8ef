import { expect, test } from 'vitest';
import { claimsWebPage, isWebPage } from './web-page.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.for([
  '<!doctype html><title>Sign in</title>',
  '\ufeff\r\n <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">',
  '<html lang="en">',
  '<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<html xmlns="http://www.w3.org/1999/xhtml">',
  '<head><meta http-equiv="refresh" content="0;url=/login">',
  `<html>${'x'.repeat(10_000)}`,
])('%j is a web page', (text) => {
  expect(isWebPage(bytes(text))).toBe(true);
});

test.for([
  '',
  'ok',
  '{"partialSuccess":{}}',
  '<',
  '<ok/>',
  '<?xml version="1.0"?><answer/>',
  '<!--'.repeat(300),
  '<?'.repeat(600),
  '{"message":"<html>"}',
])('%j is none', (text) => {
  expect(isWebPage(bytes(text))).toBe(false);
});

test('bytes that are no text are none', () => {
  expect(isWebPage(Uint8Array.of(0x0a, 2, 0x08, 1, 0xff, 0xfe))).toBe(false);
});

test('a content type says so with parameters and in any case', () => {
  expect(
    ['text/html', ' Text/HTML; charset=utf-8', 'application/xhtml+xml'].map(claimsWebPage),
  ).toEqual([true, true, true]);
  expect(
    [undefined, '', 'text/plain', 'application/json', 'text/html5'].map(claimsWebPage),
  ).toEqual([false, false, false, false, false]);
});
