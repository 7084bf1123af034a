import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * Tells whether an address is among `entries`, which are IP addresses or CIDR blocks. An IPv4 address that a dual-stack
 * socket shows as `::ffff:10.0.0.1` is the IPv4 address. An empty list allows nobody.
 */
export function allowedCallers(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of entries) addEntry(list, entry)
  return (address) => {
    const plain = plainAddress(address)
    if (isIPv4(plain)) return list.check(plain, 'ipv4')
    return isIPv6(plain) && list.check(plain, 'ipv6')
  }
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/')
  const plain = plainAddress(address)
  const family = isIPv4(plain) ? 'ipv4' : 'ipv6'
  if (prefix === undefined) list.addAddress(plain, family)
  // A block written in the mapped form counts its 96 fixed bits too.
  else list.addSubnet(plain, plain === address ? Number(prefix) : Math.max(0, Number(prefix) - 96), family)
}

/** Without the zone of a link-local address, and an IPv4-mapped one as IPv4. */
function plainAddress(address: string): string {
  const unzoned = address.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(unzoned)?.[1]
  return mapped ?? unzoned
}
