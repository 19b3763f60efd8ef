/**
 * Public interfaces that take their key in the query, under a name that says nothing elsewhere. By the part of the host
 * that is looked for, which is rare in prose and code, and may start inside of a word.
 */
export const publicApis: ReadonlyMap<string, readonly string[]> = new Map<
  string,
  readonly string[]
>([
  ['hermap.org/', ['appid']], // openweathermap.org
  ['wolframalpha.com/', ['appid']],
  ['flickr.com/', ['api_sig', 'auth_token']],
  ['scrobbler.com/', ['sk', 'api_sig']],
  ['ualearth.net/', ['key']], // virtualearth.net
  ['niq.com/', ['key']], // locationiq.com
  ['trello.com/', ['key', 'token']],
  ['herapi.com/', ['key']], // weatherapi.com
  ['pixabay.com/', ['key']],
  ['cagedata.com/', ['key']],
  ['tomtom.com/', ['key']],
  ['maptiler.com/', ['key']],
  ['shodan.io/', ['key']],
  ['mapquestapi.com/', ['key']],
  ['zonedb.com/', ['key']],
  ['heronline.com/', ['key']], // worldweatheronline.com
  ['mpowered.com/', ['key', 'access_token']], // steampowered.com
  ['lcrossing.com/', ['key']], // visualcrossing.com
  ['census.gov/', ['key']],
  ['baidu.com/', ['ak', 'sk', 'sn']],
  ['amap.com/', ['key', 'sig']],
  ['map.qq.com/', ['key', 'sig']],
  ['graphhopper.com/', ['key']],
  ['hbit.io/', ['key']], // weatherbit.io
]);
