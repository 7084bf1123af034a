import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * Tells whether an address is among `entries`, which are IP addresses or CIDR blocks. An IPv4 address that a dual-stack
 * socket shows as `::ffff:10.0.0.1` is the IPv4 address (BlockList sees to that). An empty list allows nobody.
 */
export function allowedCallers(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of entries) addEntry(list, entry)
  return (address) => {
    const plain = withoutZone(address)
    if (isIPv4(plain)) return list.check(plain, 'ipv4')
    return isIPv6(plain) && list.check(plain, 'ipv6')
  }
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/')
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  if (prefix === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(prefix), family)
}

/** A link-local address is told with the network card it came through. */
function withoutZone(address: string): string {
  return address.replace(/%.*$/, '')
}
