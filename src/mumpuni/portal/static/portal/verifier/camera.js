// QR codes by the camera, where the browser itself can read them.

export const canScan = "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);

/** Show the camera until a code is read, or until somebody stops it: then there is no text. */
export async function scanned(video, stopped) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    video.srcObject = stream;
    await video.play();
    return await firstCode(video, stopped);
  } finally {
    video.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  }
}

async function firstCode(video, stopped) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (!stopped.aborted) {
    const [code] = await detector.detect(video);
    if (code) return code.rawValue;
    await new Promise(requestAnimationFrame);
  }
  return "";
}
