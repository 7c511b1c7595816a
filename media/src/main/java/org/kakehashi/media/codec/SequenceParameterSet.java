package org.kakehashi.media.codec;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * What a sequence parameter set says of the picture, ITU-T H.264 section 7.3.2.1.1. Immutable.
 *
 * @param profile profile_idc
 * @param constraints the byte of constraint flags after it
 * @param level level_idc
 * @param width pixels that are shown
 * @param height pixels that are shown
 */
public record SequenceParameterSet(int profile, int constraints, int level, int width, int height) {
  private static final int MACROBLOCK = 16;
  private static final int MAX_SIDE = 16_384;
  private static final int MAX_SCALING = 64;

  /**
   * Reads a NAL unit of type 7, its header byte included.
   *
   * @param nal its readable bytes; indices stay
   * @return empty if it is no sequence parameter set, ends too early or makes no sense
   */
  public static Optional<SequenceParameterSet> read(ByteBuf nal) {
    if (nal.readableBytes() < 5 || NalUnits.type(nal) != NalUnits.SPS) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(new BitReader(nal))).filter(SequenceParameterSet::isPlausible);
    } catch (BitReader.EndOfDataException e) {
      return Optional.empty();
    }
  }

  /** The name in a list of codecs (RFC 6381), {@code avc1.42e01f}. */
  public String codecs() {
    return "avc1.%02x%02x%02x".formatted(profile, constraints, level);
  }

  private boolean isPlausible() {
    return width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE;
  }

  private static SequenceParameterSet parse(BitReader bits) {
    bits.skip(8); // The NAL header.
    int profile = bits.bits(8);
    int constraints = bits.bits(8);
    int level = bits.bits(8);
    bits.ue(); // seq_parameter_set_id
    int chroma = 1;
    if (hasChromaFormat(profile)) {
      chroma = readChroma(bits);
    }
    bits.ue(); // log2_max_frame_num_minus4
    skipOrderCount(bits);
    bits.ue(); // max_num_ref_frames
    bits.skip(1); // gaps_in_frame_num_value_allowed_flag
    int widthInMacroblocks = bits.ue() + 1;
    int heightInMapUnits = bits.ue() + 1;
    boolean framesOnly = bits.bits(1) == 1;
    if (!framesOnly) {
      bits.skip(1); // mb_adaptive_frame_field_flag
    }
    bits.skip(1); // direct_8x8_inference_flag
    int fields = framesOnly ? 1 : 2;
    long width = (long) widthInMacroblocks * MACROBLOCK;
    long height = (long) heightInMapUnits * MACROBLOCK * fields;
    if (bits.bits(1) == 1) {
      int stepX = chroma == 1 || chroma == 2 ? 2 : 1;
      int stepY = (chroma == 1 ? 2 : 1) * fields;
      width -= stepX * ((long) bits.ue() + bits.ue());
      height -= stepY * ((long) bits.ue() + bits.ue());
    }
    return new SequenceParameterSet(
        profile,
        constraints,
        level,
        (int) Math.clamp(width, 0, Integer.MAX_VALUE),
        (int) Math.clamp(height, 0, Integer.MAX_VALUE));
  }

  private static boolean hasChromaFormat(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  /** Reads chroma_format_idc and what follows it; returns ChromaArrayType. */
  private static int readChroma(BitReader bits) {
    int format = bits.ue();
    boolean separate = format == 3 && bits.bits(1) == 1;
    bits.ue(); // bit_depth_luma_minus8
    bits.ue(); // bit_depth_chroma_minus8
    bits.skip(1); // qpprime_y_zero_transform_bypass_flag
    if (bits.bits(1) == 1) {
      for (int i = 0; i < (format == 3 ? 12 : 8); i++) {
        if (bits.bits(1) == 1) {
          skipScalingList(bits, i < 6 ? 16 : MAX_SCALING);
        }
      }
    }
    return separate ? 0 : format;
  }

  private static void skipScalingList(BitReader bits, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size; i++) {
      if (next != 0) {
        next = (last + bits.se()) & 0xFF;
      }
      last = next == 0 ? last : next;
    }
  }

  private static void skipOrderCount(BitReader bits) {
    int type = bits.ue();
    if (type == 0) {
      bits.ue(); // log2_max_pic_order_cnt_lsb_minus4
    } else if (type == 1) {
      bits.skip(1); // delta_pic_order_always_zero_flag
      bits.se(); // offset_for_non_ref_pic
      bits.se(); // offset_for_top_to_bottom_field
      int cycle = bits.ue();
      for (int i = 0; i < cycle; i++) {
        bits.se(); // Ends with the data at the latest.
      }
    }
  }
}
