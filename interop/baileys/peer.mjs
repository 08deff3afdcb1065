// The client: one socket of Baileys at a time over one state.
import { once } from 'node:events'
import { Agent } from 'node:https'
import { readFileSync } from 'node:fs'
import makeWASocket, {
  DisconnectReason, generateMessageIDV2, jidNormalizedUser, normalizeMessageContent, prepareWAMessageMedia, proto,
  WAMessageStatus
} from 'baileys'
import { WA_CERT_DETAILS } from 'baileys/lib/Defaults/index.js'
import { logger } from './quiet.mjs'
import { State } from './state.mjs'

const QUERY_MS = 15_000
const SENT_MAX = 1_000
const THUMBNAILS = {
  imageMessage: 'thumbnail-image', videoMessage: 'thumbnail-video', documentMessage: 'thumbnail-document',
  extendedTextMessage: 'thumbnail-link'
}
const FILES = {
  imageMessage: 'image', videoMessage: 'video', audioMessage: 'audio', documentMessage: 'document', stickerMessage: 'sticker'
}

/**
 * Says these events:
 *
 *   qr {qr}                                  another code to scan
 *   paired {}                                the phone agreed; a second connection follows by itself
 *   open {pn, lid}                           logged in
 *   closed {code, reason}                    and it stays so
 *   message {id, chat, sender, fromMe, text, pushName, live}
 *   file {id, chat, sender, fromMe, type, mimetype, length, caption, fileName}; type: image, video, audio, voice,
 *        document, sticker
 *   undecryptable {id, chat, sender, reason} it has asked again by itself
 *   ack {id, error}                          the server took a message of ours, or says why not
 *   status {id, chat, status, by}            of a message of ours: DELIVERY_ACK, READ, ERROR
 *   retry {id, from, count}                  somebody could not read a message of ours
 */
export class Peer {
  #say
  #sent = new Map()
  #files = new Map()
  #thumbnails = new Map()
  #left = false
  settings
  state
  socket

  constructor(say) {
    this.#say = say
  }

  /** settings: {url, state, name?, rootKey?, ca?, log?} */
  connect(settings) {
    if (settings.rootKey) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(settings.rootKey, 'hex')
    this.settings = settings
    this.#left = false
    this.state = new State(settings.state)
    this.#open()
  }

  #open() {
    const { url, ca, name, log } = this.settings
    const socket = makeWASocket({
      waWebSocketUrl: url,
      agent: ca ? new Agent({ ca: readFileSync(ca) }) : undefined,
      // For uploads; downloads trust what NODE_EXTRA_CA_CERTS names.
      fetchAgent: process.env.NODE_EXTRA_CA_CERTS ? new Agent({ ca: readFileSync(process.env.NODE_EXTRA_CA_CERTS) }) : undefined,
      auth: this.state.auth(),
      pushName: name,
      logger: logger(log ?? 'error'),
      emitOwnEvents: false,
      defaultQueryTimeoutMs: QUERY_MS,
      connectTimeoutMs: QUERY_MS,
      syncFullHistory: false,
      shouldSyncHistoryMessage: () => false,
      // Baileys' own memory of what it sent is not found for linked devices: without this it never answers a retry.
      getMessage: async key => this.#sent.get(key.id)
    })
    this.socket = socket
    socket.ev.on('creds.update', creds => this.state.merge(creds))
    socket.ev.on('connection.update', update => this.#connection(socket, update))
    socket.ev.on('messages.upsert', ({ messages, type }) => messages.forEach(message => this.#arrived(message, type)))
    socket.ev.on('messages.update', updates => updates.forEach(update => this.#progressed(update)))
    socket.ev.on('message-receipt.update', updates => updates.forEach(update => this.#groupProgressed(update)))
    // Baileys itself listens for refusals only.
    socket.ws.on('CB:ack,class:message', ({ attrs }) => this.#say('ack', { id: attrs.id, error: attrs.error }))
    socket.ws.on('CB:receipt,type:retry', node => this.#asked(node))
  }

  #connection(socket, { qr, connection, isNewLogin, lastDisconnect }) {
    if (socket !== this.socket || this.#left) return
    if (qr) this.#say('qr', { qr })
    if (isNewLogin) this.#say('paired', {})
    if (connection === 'open') this.#say('open', this.names())
    if (connection === 'close') {
      const code = lastDisconnect?.error?.output?.statusCode
      if (code === DisconnectReason.restartRequired) this.#open()
      else this.#say('closed', { code, reason: String(lastDisconnect?.error?.message) })
    }
  }

  /** Baileys gives the code when it has asked for it; whoever types it into the phone at once is ahead of the server. */
  async requestCode(phone) {
    const { ws } = this.socket
    const known = once(ws, 'CB:iq,,link_code_companion_reg', { signal: AbortSignal.timeout(QUERY_MS) })
    const [code] = await Promise.all([this.socket.requestPairingCode(phone), known])
    return code
  }

  /** Who this is, once it is paired. */
  names() {
    const { id, lid } = this.state.creds.me
    return { pn: jidNormalizedUser(id), lid: jidNormalizedUser(lid), jid: id }
  }

  #arrived(message, type) {
    const { key, messageStubType, messageStubParameters, pushName } = message
    const about = { id: key.id, chat: key.remoteJid, sender: key.participant ?? key.remoteJid, fromMe: !!key.fromMe }
    if (messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT) {
      this.#say('undecryptable', { ...about, reason: messageStubParameters?.[0] })
      return
    }
    this.#thumbnailArrived(about, normalizeMessageContent(message.message))
    if (this.#fileArrived(about, normalizeMessageContent(message.message))) return
    const text = message.message?.conversation ?? message.message?.extendedTextMessage?.text
    if (text === undefined) return
    this.#say('message', { ...about, text, pushName, live: type === 'notify' })
  }

  #fileArrived(about, message) {
    const found = Object.entries(FILES).find(([field]) => message?.[field])
    if (!found) return false
    const content = message[found[0]]
    const type = content.ptt ? 'voice' : found[1]
    this.#files.set(about.id, { type, content })
    const { mimetype, fileLength, caption, fileName } = content
    this.#say('file', { ...about, type, mimetype, length: Number(fileLength), caption, fileName })
    return true
  }

  #thumbnailArrived({ id }, message) {
    const found = Object.entries(THUMBNAILS).find(([field]) => message?.[field]?.thumbnailEncSha256?.length)
    if (found) this.#thumbnails.set(id, { type: found[1], content: message[found[0]] })
  }

  /** The uploaded thumbnail of a message that came: {type, content}. */
  thumbnail(id) {
    const thumbnail = this.#thumbnails.get(id)
    if (!thumbnail) throw new Error(`message: ${id} (expected: one with an uploaded thumbnail)`)
    return thumbnail
  }

  /** Where a direct path is, at the first of the media hosts. */
  async url(directPath) {
    const { hosts } = await this.socket.refreshMediaConn(false)
    return `https://${hosts[0].hostname}${directPath}`
  }

  /** A file that came: {type, content}. */
  file(id) {
    const file = this.#files.get(id)
    if (!file) throw new Error(`message: ${id} (expected: one with a file)`)
    return file
  }

  #progressed({ key, update }) {
    if (update.status === undefined || update.status === null || !key.fromMe) return
    this.#say('status', { id: key.id, chat: key.remoteJid, status: WAMessageStatus[update.status] })
  }

  #groupProgressed({ key, receipt }) {
    const status = receipt.readTimestamp ? 'READ' : 'DELIVERY_ACK'
    this.#say('status', { id: key.id, chat: key.remoteJid, status, by: receipt.userJid })
  }

  #asked(node) {
    const retry = node.content?.find?.(child => child.tag === 'retry')
    this.#say('retry', { id: node.attrs.id, from: node.attrs.participant ?? node.attrs.from, count: retry?.attrs.count })
  }

  /** Resolves when it is written; Baileys does not wait for the server's word (that comes as a status). */
  async send(to, text) {
    const id = generateMessageIDV2(this.socket.user?.id)
    // Before the first byte leaves, or a quick retry receipt would find nothing.
    this.#sent.set(id, { extendedTextMessage: { text } })
    if (this.#sent.size > SENT_MAX) this.#sent.delete(this.#sent.keys().next().value)
    await this.socket.sendMessage(to, { text }, { messageId: id })
    return id
  }

  async sendLink({ to, text, url, title, file }) {
    const id = generateMessageIDV2(this.socket.user?.id)
    const { imageMessage } = await prepareWAMessageMedia(
      { image: { url: file }, jpegThumbnail: '' },
      { upload: this.socket.waUploadToServer, mediaTypeOverride: 'thumbnail-link' }
    )
    const linkPreview = { 'canonical-url': url, 'matched-text': url, title, highQualityThumbnail: imageMessage }
    const sent = await this.socket.sendMessage(to, { text, linkPreview }, { messageId: id })
    this.#sent.set(id, sent.message)
    return id
  }

  async sendFile({ to, type, file, mimetype, caption, fileName }) {
    const id = generateMessageIDV2(this.socket.user?.id)
    const kind = type === 'voice' ? 'audio' : type
    // What Baileys would work out with programs that are not here is told.
    const told = { image: { jpegThumbnail: '' }, video: { jpegThumbnail: '', seconds: 1 }, audio: { seconds: 1 } }
    const voice = type === 'voice' ? { ptt: true, waveform: new Uint8Array(64) } : {}
    const content = { [kind]: { url: file }, mimetype, caption, fileName, ...told[kind], ...voice }
    const sent = await this.socket.sendMessage(to, content, { messageId: id })
    this.#sent.set(id, sent.message)
    return id
  }

  /** Goes away like a program that ends: the state stays. */
  async leave() {
    if (!this.socket) return
    this.#left = true
    const socket = this.socket
    this.socket = undefined
    await socket.end(undefined)
    this.state.save()
  }
}
