// What a client must not forget, in one JSON file: the credentials and the key store of Baileys.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { BufferJSON, initAuthCreds, proto } from 'baileys'

export class State {
  #file
  #rows
  #due = false

  constructor(file) {
    this.#file = file
    const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'), BufferJSON.reviver) : {}
    this.creds = kept.creds ?? initAuthCreds()
    this.#rows = kept.rows ?? {}
  }

  /** As the `auth` of a socket. */
  auth() {
    return {
      creds: this.creds,
      keys: {
        get: async (type, ids) => {
          const found = {}
          for (const id of ids) {
            const row = this.#rows[type]?.[id]
            if (row !== undefined) found[id] = this.#read(type, row)
          }
          return found
        },
        set: async changes => {
          for (const [type, rows] of Object.entries(changes)) {
            for (const [id, row] of Object.entries(rows)) this.#put(type, id, row)
          }
          this.soon()
        }
      }
    }
  }

  #read(type, row) {
    return type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(row) : row
  }

  #put(type, id, row) {
    const table = (this.#rows[type] ??= {})
    if (row === null || row === undefined) delete table[id]
    else table[id] = row
  }

  /** Ids of what is kept of that type. */
  ids(type) {
    return Object.keys(this.#rows[type] ?? {})
  }

  merge(creds) {
    Object.assign(this.creds, creds)
    this.soon()
  }

  soon() {
    if (this.#due) return
    this.#due = true
    setImmediate(() => this.save())
  }

  save() {
    this.#due = false
    const text = JSON.stringify({ creds: this.creds, rows: this.#rows }, BufferJSON.replacer)
    writeFileSync(this.#file + '.new', text)
    renameSync(this.#file + '.new', this.#file)
  }
}
