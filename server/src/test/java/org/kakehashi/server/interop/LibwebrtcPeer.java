package org.kakehashi.server.interop;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioDeviceModuleBase;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One libwebrtc peer with one audio line, connected by WHIP or WHEP. Its calls wait. */
final class LibwebrtcPeer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String token;
  private final AudioDeviceModuleBase devices;
  private final PeerConnectionFactory factory;
  private final CustomAudioSource source = new CustomAudioSource();
  private final RTCPeerConnection connection;
  private final CompletableFuture<Void> gathered = new CompletableFuture<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<AudioTrack> received = new CompletableFuture<>();
  private final URI resource;

  /**
   * Connects.
   *
   * @param devices what stands in for a sound card
   * @param direction whether to send or to receive
   * @param endpoint of WHIP or WHEP
   */
  LibwebrtcPeer(
      AudioDeviceModuleBase devices,
      RTCRtpTransceiverDirection direction,
      URI endpoint,
      String token)
      throws Exception {
    this.token = token;
    this.devices = devices;
    this.factory = new PeerConnectionFactory(devices);
    this.connection = factory.createPeerConnection(new RTCConfiguration(), new Observer());
    RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
    init.direction = direction;
    init.streamIds = List.of("voice");
    connection.addTransceiver(factory.createAudioTrack("voice", source), init);

    RTCSessionDescription offer = wait(this::offer);
    wait((Consumer<CompletableFuture<Void>>) done -> setLocal(offer, done));
    gathered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    HttpResponse<String> answer =
        http.send(
            request(endpoint)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(connection.getLocalDescription().sdp))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    resource = endpoint.resolve(answer.headers().firstValue("Location").orElseThrow());
    wait((Consumer<CompletableFuture<Void>>) done -> setRemote(answer.body(), done));
    connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends 10 ms of mono sound, 16 bits little-endian at 48 kHz. */
  void push(byte[] pcm) {
    source.pushAudio(pcm, 16, 48_000, 1, pcm.length / 2);
  }

  /** Gives what is received to {@code sink}, on libwebrtc's thread. */
  void hear(AudioTrackSink sink) throws Exception {
    received.get(PATIENCE_SECONDS, TimeUnit.SECONDS).addSink(sink);
  }

  /** Ends as WHIP and WHEP say: by {@code DELETE}. */
  @Override
  public void close() throws Exception {
    HttpResponse<Void> ended =
        http.send(request(resource).DELETE().build(), BodyHandlers.discarding());
    connection.close();
    factory.dispose();
    devices.dispose();
    source.dispose();
    http.close();
    if (ended.statusCode() != 200) {
      throw new IllegalStateException("DELETE was answered " + ended.statusCode());
    }
  }

  private HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
  }

  private static <T> T wait(Consumer<CompletableFuture<T>> action) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    action.accept(done);
    return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void offer(CompletableFuture<RTCSessionDescription> done) {
    connection.createOffer(
        new RTCOfferOptions(),
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription description) {
            done.complete(description);
          }

          @Override
          public void onFailure(String error) {
            done.completeExceptionally(new IllegalStateException(error));
          }
        });
  }

  private void setLocal(RTCSessionDescription offer, CompletableFuture<Void> done) {
    connection.setLocalDescription(offer, telling(done));
  }

  private void setRemote(String answer, CompletableFuture<Void> done) {
    connection.setRemoteDescription(
        new RTCSessionDescription(RTCSdpType.ANSWER, answer), telling(done));
  }

  private static SetSessionDescriptionObserver telling(CompletableFuture<Void> done) {
    return new SetSessionDescriptionObserver() {
      @Override
      public void onSuccess() {
        done.complete(null);
      }

      @Override
      public void onFailure(String error) {
        done.completeExceptionally(new IllegalStateException(error));
      }
    };
  }

  private final class Observer implements PeerConnectionObserver {
    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {}

    @Override
    public void onIceGatheringChange(RTCIceGatheringState state) {
      if (state == RTCIceGatheringState.COMPLETE) {
        gathered.complete(null);
      }
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
      switch (state) {
        case CONNECTED -> connected.complete(null);
        case FAILED -> connected.completeExceptionally(new IllegalStateException("failed"));
        default -> {}
      }
    }

    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
      received.complete((AudioTrack) transceiver.getReceiver().getTrack());
    }
  }
}
