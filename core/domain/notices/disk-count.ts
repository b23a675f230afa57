/** `1 disk`, `1,024 disks`, `3 prod disks`. */
export const disks = (count: number, which?: string): string =>
  [
    count.toLocaleString('en-US'),
    ...(which === undefined ? [] : [which]),
    count === 1 ? 'disk' : 'disks',
  ].join(' ');
