import { publicApis } from '../keys/public-apis.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

/** What belongs to an address behind its host. */
const REST = /[^\s"'<>`\\?]{0,160}\?[^\s"'<>`\\?]{1,300}/y;
const PARAMETER = /[?&](\w{2,16})=([^&#;]{8,128})/dg;

/** The key of a public interface in its query: `https://api.openweathermap.org/…&appid=…`. */
export const apiQuery: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  level: 'likely',
  anchors: [...publicApis.keys()],
  insideWord: true,
  find(scan, start, end) {
    const names = publicApis.get(scan.text.slice(start, end).toLowerCase());
    REST.lastIndex = end;
    const rest = names === undefined ? undefined : REST.exec(scan.text)?.[0];
    if (names === undefined || rest === undefined) return false;
    scan.work += rest.length;
    for (const { 1: name, indices } of rest.matchAll(PARAMETER)) {
      const [from, to] = indices![2]!;
      const isKey = names.includes(name!) && /\d/.test(rest.slice(from, to));
      if (isKey && !isPlaceholder(scan.text, end + from, end + to))
        scan.alsoFound('sensitive_key', end + from, end + to);
    }
    return false;
  },
};

export const apiQueryExamples: DetectorExamples = {
  finds: [
    'https://api.openweathermap.org/data/2.5/weather?q=Bonn&appid=<<{hex:30}42>>',
    'https://api.trello.com/1/boards/x?key=<<{hex:30}42>>&fields=name',
    'https://ws.audioscrobbler.com/2.0/?method=x&sk=<<{b62:30}42>>&format=json',
  ],
  leaves: [
    'https://store.steampowered.com/app/570?appid=570&l=english',
    'https://trello.com/c/abc?key=value',
    'https://openweathermap.org/appid=42',
    'https://x.example/?key={hex:32}',
  ],
};
