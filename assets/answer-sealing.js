// Seals an answer in this browser, and looks at texts as the server does. Knows nothing of the page.

const utf8 = (text) => new TextEncoder().encode(text);
const sorted = (table) => Object.fromEntries(Object.entries(table).sort());

// An envelope as crypto/sealing.py fixes it to the byte. Key pair and nonce are arguments for the sake of tests.
export async function seal(to, sheet, pair, nonce = crypto.getRandomValues(new Uint8Array(12))) {
  const { subtle } = crypto, curve = { name: "ECDH", namedCurve: "P-256" };
  const { publicKey, privateKey } = pair ?? await subtle.generateKey(curve, false, ["deriveBits"]);
  const box = Uint8Array.from(atob(to.box), (sign) => sign.charCodeAt());
  const peer = await subtle.importKey("raw", box, curve, false, []);
  const secret = await subtle.deriveBits({ name: "ECDH", public: peer }, privateKey, 256);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: utf8("dimios-dash"), info: utf8("envelope/1") };
  const stretched = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey(hkdf, stretched, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const additionalData = utf8([to.measurement, to.unit, to.channel].join("|"));
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, padded(sheet));
  return new Blob([await subtle.exportKey("raw", publicKey), nonce, sealed]);
}

function padded({ answers, role_type, texts }) {
  const content = utf8(JSON.stringify({ answers: sorted(answers), role_type, texts: sorted(texts) }));
  const plaintext = new Uint8Array(16384);
  new DataView(plaintext.buffer).setUint32(0, content.length);
  plaintext.set(content, 4); // throws where it does not fit; seven texts of 500 characters do
  return plaintext;
}

// As domain/free_text.py tidies, and counts.
export function tidied(text) {
  const visible = text.replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Cs}/gu, "");
  return visible.replace(/^[\s\ufeff]+|[\s\ufeff]+$/g, "");
}

export const length = (text) => [...text].length;

// As domain/personal_data.py finds, by its patterns.
export function personal(text, patterns) {
  const found = [];
  for (const [kind, pattern] of patterns) {
    for (const [, what] of text.matchAll(new RegExp(pattern, "gu"))) {
      if (!found.some((earlier) => earlier.what.includes(what))) { found.push({ kind, what }); }
    }
  }
  return found;
}
