/**
 * What the instance does: it ends itself after `mostMinutes` whatever happens to us, and writes 4 KiB at random places of
 * its one EBS disk of exactly 1 GiB without partitions, as fast as it is let; the root disk has 8. Python is on Amazon
 * Linux 2023, so that no network is needed. Links by id are made by its udev rules (EBS user guide, "Map NVMe disks").
 */
export const loadScript = (mostMinutes: number): string => `#!/bin/bash
shutdown -h +${mostMinutes}
cat > /root/load.py <<'LOAD'
import glob, mmap, os, random, threading, time

GIB = 1 << 30
BLOCK = 4096

def disk():
    while True:
        for path in sorted(glob.glob('/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol*')):
            if '-part' in path or path.endswith('-ns-1') or path.endswith('_1'):
                continue
            name = os.path.basename(os.path.realpath(path))
            with open('/sys/class/block/' + name + '/size') as size:
                if int(size.read()) * 512 == GIB and not glob.glob('/sys/class/block/' + name + 'p*'):
                    return path
        time.sleep(2)

def write(path):
    block = mmap.mmap(-1, BLOCK)
    file = os.open(path, os.O_WRONLY | os.O_DIRECT)
    while True:
        os.pwrite(file, block, random.randrange(GIB // BLOCK) * BLOCK)

path = disk()
for _ in range(32):
    threading.Thread(target=write, args=(path,)).start()
LOAD
python3 /root/load.py
`;
