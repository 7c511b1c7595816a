/**
 * Runs in the page before anything else: answers WHIP and WHEP offers from a second peer connection in the same page, with pictures drawn
 * on canvases, so that a screenshot shows real video without a server.
 */
(() => {
  const HUES = [230, 35, 160, 280, 90, 10];
  const peers = [];
  const realFetch = window.fetch.bind(window);

  function drawing(index) {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 360;
    const pen = canvas.getContext('2d');
    const paint = () => {
      pen.fillStyle = index === 1 ? '#fafafa' : `hsl(${HUES[index % 6]} 25% 32%)`;
      pen.fillRect(0, 0, 640, 360);
      pen.fillStyle = index === 1 ? '#333' : `hsl(${HUES[index % 6]} 30% 62%)`;
      if (index === 1) {
        for (let line = 0; line < 6; line += 1) pen.fillRect(60, 60 + line * 42, 380 - line * 30, 18);
      } else {
        pen.beginPath();
        pen.arc(320, 150, 70, 0, 7);
        pen.fill();
        pen.beginPath();
        pen.ellipse(320, 350, 150, 120, 0, 0, 7);
        pen.fill();
      }
    };
    paint();
    setInterval(paint, 100);
    return canvas.captureStream(10).getVideoTracks()[0];
  }

  function tone() {
    const context = new AudioContext();
    const oscillator = new OscillatorNode(context, { frequency: 220 });
    const gain = new GainNode(context, { gain: 0.08 });
    const out = context.createMediaStreamDestination();
    oscillator.connect(gain).connect(out);
    oscillator.start();
    return out.stream.getAudioTracks()[0];
  }

  async function answer(offer) {
    const peer = new RTCPeerConnection();
    peers.push(peer);
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    let video = 0;
    for (const line of peer.getTransceivers()) {
      if (line.direction !== 'recvonly' || !/a=recvonly/.test(offer)) continue;
      const track = line.receiver.track.kind === 'video' ? drawing(video++) : tone();
      line.direction = 'sendonly';
      await line.sender.replaceTrack(track);
    }
    await peer.setLocalDescription(await peer.createAnswer());
    await new Promise((done) => {
      if (peer.iceGatheringState === 'complete') done();
      peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done();
      setTimeout(done, 1000);
    });
    return peer.localDescription.sdp;
  }

  // The answering side has no trickled candidates of the page: hand them over.
  window.fetch = async (url, init = {}) => {
    if (!/^\/wh[ei]p\//.test(String(url))) return realFetch(url, init);
    if (init.method !== 'POST') return new Response(null, { status: 204 });
    if (window.standInIsFull === true) {
      const problem = { type: '/problems/at-capacity', title: 'Full', status: 503 };
      return new Response(JSON.stringify(problem), { status: 503, headers: { 'Retry-After': '30' } });
    }
    const kind = String(url).slice(1, 5);
    const sdp = await answer(init.body);
    window.dispatchEvent(new CustomEvent('answered', { detail: peers.at(-1) }));
    return new Response(sdp, { status: 201, headers: { Location: `/${kind}/r/${kind}-1` } });
  };

  const RealPeer = window.RTCPeerConnection;
  const queue = [];
  window.addEventListener('answered', ({ detail }) => {
    for (const candidate of queue.splice(0)) void detail.addIceCandidate(candidate).catch(() => undefined);
  });
  window.RTCPeerConnection = class extends RealPeer {
    constructor(...configuration) {
      super(...configuration);
      this.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null || peers.includes(this)) return;
        queue.push(candidate);
        for (const peer of peers) void peer.addIceCandidate(candidate).catch(() => undefined);
      });
    }
  };
})();
