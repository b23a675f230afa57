import { describe, expect, test } from 'vitest';
import { currentProfile, watchedNow } from '../../../core/domain/deciding/evidence-age.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { ago } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

describe('the census', () => {
  test('counts for two hours, and then not as a base of the blast radius', () => {
    const taken = (minutesAgo: number) => read(100, ago(minutes(minutesAgo)));
    expect(watchedNow(taken(120), noon)).toEqual(taken(120));
    expect(watchedNow(taken(121), noon)).toEqual(read(0, ago(minutes(121))));
  });

  test('that is unread stays so', () => {
    expect(watchedNow(unread('denied'), noon)).toEqual(unread('denied'));
  });
});

describe('a demand profile', () => {
  test('counts for three days, and is as good as none then', () => {
    const made = (hoursAgo: number) => read('profile', ago(hours(hoursAgo)));
    expect(currentProfile(made(72), noon)).toEqual(made(72));
    expect(currentProfile(made(73), noon)).toEqual(
      unread('the demand profile is 73 hours old, at most 72 count'),
    );
  });

  test('that is unread keeps its reason', () => {
    expect(currentProfile(unread('none yet'), noon)).toEqual(unread('none yet'));
  });
});
