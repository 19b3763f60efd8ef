import type { Scan } from '../engine/scan.ts';
import { behind } from './behind-pattern.ts';

/** How sentences tie a value to its label. */
const IS = [
  String.raw`[ \t]{1,4}(?:is|are|was|to|set to|is set to|would be|equals|ist|lautet|war|est|es|era|é|è|jest|je|este|är|er|это|là|είναι|adalah|هي|هو|היא|הוא|คือ|—|–)[ \t]{0,2}:?[ \t]{1,4}`,
  String.raw`[ \t]{0,2}(?:は|是|为|為|는|은)[ \t]{0,2}:?[ \t]{0,2}`,
  String.raw`[ \t]{1,4}(?:temporane[ao]|provvisori[ao]|temporári[ao]|temporari[ao]|temporal|provisional|temporaire|provisoire|tymczasowe|tijdelijke?|attuale|actual|atual|inicial|iniziale)[ \t]{1,4}(?:è|é|es|est|jest|is)[ \t]{0,2}:?[ \t]{1,4}`,
  String.raw`[ \t]{1,4}(?:for|of|für|de|pour)[ \t][^\s:]{1,48}:[ \t]{1,4}`,
].join('|');
const PROSE = new RegExp(IS, 'y');
/** What a label goes on with before its value: "for the server", "has been generated for root@localhost". */
const CREATED =
  '(?:is|was|has been|wurde|ist)? ?(?:generated|created|issued|set|stored|saved|used|configured|provided|found|returned|received|exposed|leaked|erzeugt|erstellt|gespeichert|generado|guardada|généré)';
const ABOUT =
  "(?:for|of|on|to|in|at|from|valid|der|des|dem|den|für|vom|von|zum|zur|de|du|d['’][^\\s:=]{1,32}|pour|sur|à|del|della|dei|per|para|da|do|dos|di|en|voor|van|till|för|til|dla|od|від|до|của|от|для|к|temporal|provisoire|temporaire|provisorio|we|you|i)";
const PHRASE = new RegExp(
  String.raw`(?: (?:${CREATED})(?= )| ${CREATED}(?=:))?(?: ${ABOUT}(?: [^\s:=,;!?()<>{}|]{1,48}){0,6}?)?(?: (?:nueva|nuevo|actual|anterior|neu|alt|nouveau|nouvelle|actuel|provisoire|attuale|nova|atual|новый|старый|now|still))?(?: \([^()\n]{1,40}\))?(?: ?[:：][ \t]{1,4}| ?=[ \t]{1,4}(?!["'])| (?:is|ist|lautet|est|es|é|è|är|er|je|là|to|это|—|–)(?: (?:still|now|just|currently|jetzt|noch))?[ \t]{0,2}:?[ \t]{1,4})`,
  'y',
);
const BEFORE_PHRASE =
  / (?:\(|is |was |has |wurde |ist |[a-zà-ÿа-яіїєґ\u1e00-\u1eff]{1,16}[ :’'])/iy;

/** Where the value starts that a sentence ties to the label ending at `stop`: "is …", "for the server is …". */
export function saidStart(scan: Scan, stop: number): number {
  const phrase = phraseStart(scan, stop);
  return phrase >= 0 ? phrase : behind(PROSE, scan, stop);
}

/** The same with words between the label and what ties it, or -1. */
export function phraseStart(scan: Scan, stop: number): number {
  if (scan.text[stop] !== ' ' || behind(BEFORE_PHRASE, scan, stop) < 0) return -1;
  return behind(PHRASE, scan, stop);
}
