/** `1 disk`, `1,024 disks`. */
export const disks = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'disk' : 'disks'}`;
