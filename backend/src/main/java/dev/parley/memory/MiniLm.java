package dev.parley.memory;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// all-MiniLM-L6-v2 in int8, in this process: 384 numbers a text, made for English. One thread and no spinning: what it
/// costs is what is asked of it.
final class MiniLm implements Embedder {
    static final String MODEL = "all-MiniLM-L6-v2-int8";

    private static final int DIMENSIONS = 384;
    /// Of a longer text its beginning: the model was trained on no more.
    private static final int MOST_PIECES = 256;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPiece pieces;

    private MiniLm(OrtEnvironment environment, OrtSession session, WordPiece pieces) {
        this.environment = environment;
        this.session = session;
        this.pieces = pieces;
    }

    static MiniLm load() {
        WordPiece pieces = WordPiece.read(resource("/all-minilm-l6-v2-q-tokenizer.json"));
        try (InputStream model = resource("/all-minilm-l6-v2-q.onnx");
                SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OptLevel.ALL_OPT);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // What it needs differs from text to text: an arena would keep the most that any ever needed.
            options.setCPUArenaAllocator(false);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            return new MiniLm(environment, environment.createSession(model.readAllBytes(), options), pieces);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be loaded.", e);
        }
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public List<byte[]> embed(List<String> texts) {
        return texts.stream().map(text -> Vector.of(direction(text))).toList();
    }

    /// The mean over all pieces, as the model was trained.
    float[] direction(String text) {
        long[] ids = pieces.ids(text, MOST_PIECES);
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            float[][] states = ((float[][][]) result.get(0).getValue())[0];
            float[] mean = new float[DIMENSIONS];
            for (float[] state : states) {
                for (int i = 0; i < DIMENSIONS; i++) {
                    mean[i] += state[i];
                }
            }
            return mean;
        } catch (OrtException e) {
            throw new IllegalStateException("A text could not be embedded.", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be closed.", e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(MiniLm.class.getResourceAsStream(name), name);
    }
}
