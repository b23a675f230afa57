import { type Reading, read, unread } from '../reading.ts';
import { between, type Duration, days, hours, type Instant } from '../units.ts';

/** Eight censuses were missed: what the last one counted is no evidence any more. */
const censusCountsFor = hours(2);
/** Three daily runs were missed: the demand it tells of is not the one that drains the bucket now. */
const profileCountsFor = days(3);

/** In words for a reason; `undefined` while the census counts. */
export const staleCensus = (takenAt: Instant, now: Instant): string | undefined =>
  tooOld('the last census', takenAt, now, censusCountsFor);

/** The base of the relative blast radius; after a census that no longer counts only the smallest is allowed. */
export const watchedNow = (watched: Reading<number>, now: Instant): Reading<number> =>
  watched.kind === 'read' && staleCensus(watched.at, now) !== undefined ? read(0, watched.at) : watched;

/** A profile that is too old is as good as none. */
export function currentProfile<Profile>(profile: Reading<Profile>, now: Instant): Reading<Profile> {
  if (profile.kind === 'unread') return profile;
  const why = tooOld('the demand profile', profile.at, now, profileCountsFor);
  return why === undefined ? profile : unread(why);
}

function tooOld(what: string, at: Instant, now: Instant, most: Duration): string | undefined {
  const age = between(at, now);
  return age > most ? `${what} is ${hoursIn(age)} hours old, at most ${hoursIn(most)} count` : undefined;
}

const hoursIn = (duration: Duration): number => Math.floor(duration / hours(1));
