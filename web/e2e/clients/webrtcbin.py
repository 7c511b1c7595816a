#!/usr/bin/python3
"""A WHIP publisher and WHEP listener made of GStreamer's webrtcbin: a client that is not ours and not a browser's.

    webrtcbin.py publish ENDPOINT TOKEN SPEECH.wav     speaks the file once, until its end or SIGTERM
    webrtcbin.py listen ENDPOINT TOKEN                 writes what it hears to stdout: 48 kHz mono, 16-bit little endian

Says "connected" on stderr once ICE and DTLS are done; ends with DELETE on its resource.
"""
import signal
import sys
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

OPUS = "application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,encoding-params=(string)2"
SPEAK = (
    "filesrc name=file ! wavparse ! clocksync ! audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=2"
    f" ! opusenc bitrate=64000 ! rtpopuspay pt=111 ! capsfilter caps={OPUS}"
)
HEARD = (
    "queue ! rtpopusdepay ! opusdec plc=true ! audioconvert ! audioresample"
    " ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! fdsink fd=1 sync=false"
)


class Client:
    def __init__(self, endpoint, token, speech):
        self.endpoint, self.token, self.resource = endpoint, token, None
        self.loop = GLib.MainLoop()
        self.failed = False
        self.pipeline = Gst.Pipeline()
        self.webrtc = Gst.ElementFactory.make("webrtcbin")
        self.webrtc.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
        self.pipeline.add(self.webrtc)
        self.webrtc.connect("on-negotiation-needed", self.negotiate)
        self.webrtc.connect("notify::ice-gathering-state", self.gathered)
        self.webrtc.connect("notify::connection-state", self.connection)
        if speech is None:
            direction = GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY
            self.webrtc.emit("add-transceiver", direction, Gst.Caps.from_string(OPUS))
            self.webrtc.connect("pad-added", self.incoming)
        else:
            spoken = Gst.parse_bin_from_description(SPEAK, True)
            spoken.get_by_name("file").set_property("location", speech)
            self.pipeline.add(spoken)
            spoken.link(self.webrtc)
            only_send = GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY
            self.webrtc.emit("get-transceiver", 0).set_property("direction", only_send)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::eos", lambda *_: self.loop.quit())
        bus.connect("message::error", lambda _, message: self.fail(str(message.parse_error())))

    def run(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, self.loop.quit)
        self.pipeline.set_state(Gst.State.PLAYING)
        self.loop.run()
        if self.resource is not None:
            self.request("DELETE", self.resource)
        self.pipeline.set_state(Gst.State.NULL)
        return 1 if self.failed else 0

    def negotiate(self, webrtc):
        webrtc.emit("create-offer", None, Gst.Promise.new_with_change_func(self.offered))

    def offered(self, promise, *_):
        reply = promise.get_reply()  # owns the offer: must outlive it
        offer = reply.get_value("offer")
        self.webrtc.emit("set-local-description", offer, Gst.Promise.new())

    def gathered(self, webrtc, _):
        if webrtc.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            GLib.idle_add(self.post)

    def post(self):
        offer = self.webrtc.get_property("local-description").sdp.as_text()
        try:
            response = self.request("POST", self.endpoint, offer.encode())
        except OSError as error:
            reason = error.read().decode() if hasattr(error, "read") else ""
            self.fail(f"{error} {reason}")
            return False
        self.resource = urllib.parse.urljoin(self.endpoint, response.headers["Location"])
        _, sdp = GstSdp.SDPMessage.new_from_text(response.read().decode())
        answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
        self.webrtc.emit("set-remote-description", answer, Gst.Promise.new())
        return False

    def request(self, method, url, body=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/sdp"
        return urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=10)

    def connection(self, webrtc, _):
        state = webrtc.get_property("connection-state")
        if state == GstWebRTC.WebRTCPeerConnectionState.CONNECTED:
            print("connected", file=sys.stderr, flush=True)
        elif state == GstWebRTC.WebRTCPeerConnectionState.FAILED:
            self.fail("ICE or DTLS failed")

    def incoming(self, _, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        heard = Gst.parse_bin_from_description(HEARD, True)
        self.pipeline.add(heard)
        heard.sync_state_with_parent()
        pad.link(heard.get_static_pad("sink"))

    def fail(self, reason):
        print(reason, file=sys.stderr, flush=True)
        self.failed = True
        self.loop.quit()


if __name__ == "__main__":
    if sys.argv[1:2] not in (["publish"], ["listen"]) or len(sys.argv) != (5 if sys.argv[1] == "publish" else 4):
        sys.exit(__doc__)
    Gst.init(None)
    sys.exit(Client(sys.argv[2], sys.argv[3], sys.argv[4] if sys.argv[1] == "publish" else None).run())
