import * as newest from '@aws-sdk/client-bedrock-runtime';
import * as line3587 from 'bedrock-3-587';
import * as line3839 from 'bedrock-3-839';
import * as line31001 from 'bedrock-3-1001';
import { http1, type Line, lineOf } from './line.ts';

/** The first with `Converse`, two between, the newest; over HTTP/2 where the client does that by itself, and over HTTP/1.1. */
export const lines: readonly Line[] = [
  lineOf('3.587, HTTP/1.1', line3587),
  lineOf('3.839, HTTP/2', line3839),
  lineOf('3.1001, HTTP/2', line31001),
  lineOf('3.1164, HTTP/2', newest),
  lineOf('3.1164, HTTP/1.1', newest, (timeout) => ({ requestHandler: http1(timeout) })),
];
