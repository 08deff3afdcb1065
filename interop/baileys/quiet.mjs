// libsignal prints whole sessions, private keys included, through console: none of that may get between our lines.

/** Takes stdout for the caller alone; everybody else's output goes to stderr, objects left out. */
export function quiet() {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (chunk, ...rest) => process.stderr.write(chunk, ...rest)
  for (const level of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir']) {
    console[level] = (...parts) => {
      const texts = parts.map(part => (typeof part === 'string' ? part : part instanceof Error ? part.message : '…'))
      process.stderr.write(`${level}: ${texts.join(' ')}\n`)
    }
  }
  return write
}

/** The logger that Baileys wants: what is `level` or worse goes to stderr, with its attributes and errors only. */
export function logger(level) {
  const order = ['trace', 'debug', 'info', 'warn', 'error']
  const log = {
    level,
    child: () => log
  }
  for (const name of order) {
    log[name] = (what, text) => {
      if (order.indexOf(name) < order.indexOf(level)) return
      const about = typeof what === 'string' ? what : details(what)
      process.stderr.write(`${name}: ${text ?? ''} ${about}\n`)
    }
  }
  return log
}

function details(what) {
  const { err, error, trace, xml, ...rest } = what ?? {}
  const failure = err ?? error ?? trace
  const shown = failure?.stack ?? failure
  try {
    return [xml, shown, JSON.stringify(rest)].filter(Boolean).join(' ').slice(0, 4000)
  } catch {
    return '…'
  }
}
