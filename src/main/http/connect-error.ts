/** The `code` of a system or library error; empty when it has none. */
export function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: '连接被拒绝，对方端口没有程序在监听',
  ENOTFOUND: '找不到主机名，请检查网址或 DNS',
  EAI_AGAIN: '域名解析没有答复，请检查 DNS',
  ETIMEDOUT: '连接超时',
  EHOSTUNREACH: '网络不通，到不了对方主机',
  ENETUNREACH: '网络不通，没有到对方的路由',
  ECONNRESET: '建立连接时被对方断开',
  ERR_FR_MAX_BODY_LENGTH_EXCEEDED: '请求过大，没有发出',
  CERT_HAS_EXPIRED: '对方的证书已过期',
  DEPTH_ZERO_SELF_SIGNED_CERT: '对方用的是自签名证书',
  SELF_SIGNED_CERT_IN_CHAIN: '对方的证书链不受信任',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '对方的证书链不完整',
  ERR_TLS_CERT_ALTNAME_INVALID: '对方的证书不属于这个主机名',
}

/** Why no connection came about, in zh-CN for the desk and for IT; never the address or what was to be sent. */
export function describeConnectError(error: unknown): string {
  const code = errorCode(error)
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined
  if (known !== undefined) return known
  if (/^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO)/.test(code)) return `TLS 握手失败（${code}）`
  return code === '' ? '连接没有建立' : `连接没有建立（${code}）`
}
