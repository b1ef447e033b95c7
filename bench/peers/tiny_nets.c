// W1 by hand, in C: what a careful programmer gets from plain loops over arrays of fixed size, with
// -O3 -march=native -mprefer-vector-width=512 -ffast-math. Talks as worker.py does; one thread.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { batch = 32, batches = 16, widest = 64, most_layers = 3, most_floats = 16384 };
static const float lr = 1e-3f, beta1 = 0.9f, beta2 = 0.999f, eps = 1e-8f, norm_eps = 1e-5f;

// Weights lie one after the other, as in the file: W [out, in], then b [out]; or with a norm, W,
// gamma, beta, running mean and variance, and a bias only in the last layer.
static int inputs, floats;
static float first[most_floats], w[most_floats], g[most_floats], m[most_floats], v[most_floats];
static float *features, *targets;
static int number, at;
static uint32_t noise[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

typedef float Rows[batch][widest];
static Rows x[most_layers + 1], z[most_layers], keep[most_layers], d, dx;
static float inverse[most_layers][widest];

#define always static inline __attribute__((always_inline))

// Sixteen generators side by side (Marsaglia 2003, xorshift32), so that they are one vector.
always void drop(Rows y, Rows mask, int width, float p) {
  const uint32_t limit = (uint32_t)(p * 4294967296.0);
  const float factor = 1 / (1 - p);
  for (int r = 0; r < batch; ++r)
    for (int begin = 0; begin < width; begin += 16)
      for (int i = 0; i < 16; ++i) {
        uint32_t s = noise[i];
        s ^= s << 13, s ^= s >> 17, s ^= s << 5;
        noise[i] = s;
        mask[r][begin + i] = s < limit ? 0 : factor;
        y[r][begin + i] *= mask[r][begin + i];
      }
}

typedef float Vector __attribute__((vector_size(64), aligned(4)));

// c[i][j] = Σ_k a(i, k) b[k][j], eight rows by sixteen columns in registers.
always void block(int rows, int cols, int depth, const float *a, int row_step, int k_step,
                  const float *b, int b_step, float *c, int c_step) {
  if (cols == 16) {
    Vector sums[8] = {0};
    for (int k = 0; k < depth; ++k) {
      const Vector bk = *(const Vector *)(b + k * b_step);
      for (int i = 0; i < rows; ++i) sums[i] += a[i * row_step + k * k_step] * bk;
    }
    for (int i = 0; i < rows; ++i) *(Vector *)(c + i * c_step) = sums[i];
    return;
  }
  for (int i = 0; i < rows; ++i) {
    float sums[16] = {0};
    for (int k = 0; k < depth; ++k)
      for (int j = 0; j < cols; ++j) sums[j] += a[i * row_step + k * k_step] * b[k * b_step + j];
    for (int j = 0; j < cols; ++j) c[i * c_step + j] = sums[j];
  }
}

always void product(int rows, int cols, int depth, const float *a, int row_step, int k_step,
                    const float *b, int b_step, float *c, int c_step) {
  for (int i = 0; i + 8 <= rows; i += 8) {
    const float *ai = a + i * row_step;
    float *ci = c + i * c_step;
    for (int j = 0; j + 16 <= cols; j += 16)
      block(8, 16, depth, ai, row_step, k_step, b + j, b_step, ci + j, c_step);
    if (cols % 16)
      block(8, cols % 16, depth, ai, row_step, k_step, b + cols / 16 * 16, b_step,
            ci + cols / 16 * 16, c_step);
  }
  const int rest = rows % 8;
  if (!rest) return;
  a += (rows - rest) * row_step, c += (rows - rest) * c_step;
  for (int j = 0; j + 16 <= cols; j += 16)
    block(rest, 16, depth, a, row_step, k_step, b + j, b_step, c + j, c_step);
  if (cols % 16)
    block(rest, cols % 16, depth, a, row_step, k_step, b + cols / 16 * 16, b_step,
          c + cols / 16 * 16, c_step);
}

// y = x W' (+ b), with W turned so that columns are outputs; those up to a vector are nobody's.
always void dense(Rows from, const float *weight, const float *bias, Rows to, int in, int out) {
  static float turned[widest][widest];
  for (int j = 0; j < out; ++j)
    for (int i = 0; i < in; ++i) turned[i][j] = weight[j * in + i];
  product(batch, (out + 15) / 16 * 16, in, from[0], widest, 1, turned[0], widest, to[0], widest);
  if (!bias) return;
  for (int r = 0; r < batch; ++r)
    for (int j = 0; j < out; ++j) to[r][j] += bias[j];
}

always void dense_backward(Rows from, Rows dy, const float *weight, float *dw, float *db, Rows into,
                           int in, int out, int needs_input) {
  product(out, in, batch, dy[0], 1, widest, from[0], widest, dw, in);
  if (db) {
    float sums[widest] = {0};
    for (int r = 0; r < batch; ++r)
      for (int j = 0; j < out; ++j) sums[j] += dy[r][j];
    for (int j = 0; j < out; ++j) db[j] = sums[j];
  }
  if (needs_input) product(batch, in, out, dy[0], widest, 1, weight, in, into[0], widest);
}

// x̂ stays in `hat`.
always void norm(Rows hat, float *weight, float *own_inverse, Rows to, int width) {
  const float *gamma = weight, *beta = weight + width;
  float *running_mean = weight + 2 * width, *running_var = weight + 3 * width;
  float mean[widest] = {0}, square[widest] = {0};
  for (int r = 0; r < batch; ++r)
    for (int j = 0; j < width; ++j) mean[j] += hat[r][j];
  for (int j = 0; j < width; ++j) mean[j] /= batch;
  for (int r = 0; r < batch; ++r)
    for (int j = 0; j < width; ++j)
      square[j] += (hat[r][j] - mean[j]) * (hat[r][j] - mean[j]);
  for (int j = 0; j < width; ++j) {
    own_inverse[j] = 1 / sqrtf(square[j] / batch + norm_eps);
    running_mean[j] += 0.1f * (mean[j] - running_mean[j]);
    running_var[j] += 0.1f * (square[j] / (batch - 1) - running_var[j]);
  }
  for (int r = 0; r < batch; ++r)
    for (int j = 0; j < width; ++j) {
      hat[r][j] = (hat[r][j] - mean[j]) * own_inverse[j];
      to[r][j] = gamma[j] * hat[r][j] + beta[j];
    }
}

always void norm_backward(Rows hat, Rows dy, const float *gamma, const float *own_inverse,
                          float *dgamma, float *dbeta, int width) {
  float of_hat[widest] = {0}, of_one[widest] = {0};
  for (int r = 0; r < batch; ++r)
    for (int j = 0; j < width; ++j) of_one[j] += dy[r][j], of_hat[j] += dy[r][j] * hat[r][j];
  for (int j = 0; j < width; ++j) dgamma[j] = of_hat[j], dbeta[j] = of_one[j];
  for (int r = 0; r < batch; ++r)
    for (int j = 0; j < width; ++j)
      dy[r][j] = gamma[j] * own_inverse[j] *
                 (dy[r][j] - of_one[j] / batch - hat[r][j] * of_hat[j] / batch);
}

always float cross_entropy(Rows logits, Rows dy, int width) {
  float loss = 0;
  for (int r = 0; r < batch; ++r) {
    float largest = logits[r][0], sum = 0;
    for (int j = 1; j < width; ++j) largest = fmaxf(largest, logits[r][j]);
    for (int j = 0; j < width; ++j) sum += dy[r][j] = expf(logits[r][j] - largest);
    const int target = (int)targets[at * batch + r];
    loss += logf(sum) + largest - logits[r][target];
    for (int j = 0; j < width; ++j) dy[r][j] /= sum * batch;
    dy[r][target] -= 1.0f / batch;
  }
  return loss / batch;
}

static void adam(void) {
  ++number;
  const float step = lr / (1 - powf(beta1, (float)number));
  const float root = 1 / sqrtf(1 - powf(beta2, (float)number));
  for (int i = 0; i < floats; ++i) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    w[i] -= step * m[i] / (sqrtf(v[i]) * root + eps);
  }
}

// The loss before the step. Sizes are constants where this is called, so that the loops are of
// fixed length.
always float step_of(const int *widths, int layers, int normed, float p) {
  const int in = widths[0];
  for (int r = 0; r < batch; ++r)
    memcpy(x[0][r], features + (at * batch + r) * in, sizeof(float) * (size_t)in);
  float *here = w;
  for (int l = 0; l < layers; ++l) {
    const int from = widths[l], to = widths[l + 1], last = l + 1 == layers;
    float *weight = here, *rest = here + from * to;
    const int has_norm = normed && !last;
    dense(x[l], weight, has_norm ? NULL : rest, has_norm ? z[l] : x[l + 1], from, to);
    if (has_norm) norm(z[l], rest, inverse[l], x[l + 1], to);
    if (!last)
      for (int r = 0; r < batch; ++r)
        for (int j = 0; j < to; ++j) x[l + 1][r][j] = fmaxf(x[l + 1][r][j], 0);
    if (!last && p > 0) drop(x[l + 1], keep[l], to, p);
    here = rest + (has_norm ? 4 : 1) * to;
  }
  const float loss = cross_entropy(x[layers], d, widths[layers]);
  for (int l = layers - 1; l >= 0; --l) {
    const int from = widths[l], to = widths[l + 1], last = l + 1 == layers;
    const int has_norm = normed && !last;
    here -= from * to + (has_norm ? 4 : 1) * to;
    float *rest = here + from * to, *slope = g + (here - w), *slope_rest = g + (rest - w);
    if (!last)
      for (int r = 0; r < batch; ++r)
        for (int j = 0; j < to; ++j) {
          d[r][j] = x[l + 1][r][j] > 0 ? d[r][j] : 0;
          if (p > 0) d[r][j] *= keep[l][r][j];
        }
    if (has_norm) norm_backward(z[l], d, rest, inverse[l], slope_rest, slope_rest + to, to);
    dense_backward(x[l], d, here, slope, has_norm ? NULL : slope_rest, dx, from, to, l > 0);
    memcpy(d, dx, sizeof d);
  }
  adam();
  at = (at + 1) % batches;
  return loss;
}

static float step(int dropped) {
  static const int tabular[] = {32, 64, 64, 10}, textbook[] = {4, 8, 3};
  if (inputs == 4) return step_of(textbook, 2, 0, 0);
  return dropped ? step_of(tabular, 3, 1, 0.1f) : step_of(tabular, 3, 1, 0);
}

static void reset(void) {
  memcpy(w, first, sizeof w);
  memset(g, 0, sizeof g);
  memset(m, 0, sizeof m);
  memset(v, 0, sizeof v);
  number = at = 0;
}

// A safetensors file whose tensors we know: the weights, features and targets, in this order.
static void load(const char *path) {
  FILE *file = fopen(path, "rb");
  uint64_t head = 0;
  if (!file || fread(&head, 8, 1, file) != 1) exit(1);
  fseek(file, 0, SEEK_END);
  const int all = (int)(((uint64_t)ftell(file) - 8 - head) / sizeof(float));
  const int samples = batch * batches;
  floats = all - samples * (inputs + 1);
  fseek(file, (long)(8 + head), SEEK_SET);
  features = malloc(sizeof(float) * (size_t)(samples * (inputs + 1)));
  targets = features + samples * inputs;
  if (floats > most_floats || fread(first, 4, (size_t)floats, file) != (size_t)floats ||
      fread(features, 4, (size_t)(all - floats), file) != (size_t)(all - floats))
    exit(1);
  fclose(file);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int count, char **words) {
  if (count < 4) return 2;
  inputs = strcmp(words[1], "W1.textbook") == 0 ? 4 : 32;
  load(words[3]);
  printf("{\"threads\": 1}\n");
  fflush(stdout);
  char line[256];
  while (fgets(line, sizeof line, stdin)) {
    const long steps = strtol(strchr(line, ' '), NULL, 10);
    reset();
    if (strncmp(line, "check", 5) == 0) {
      for (int i = 0; i < 20; ++i) step(0);
      printf("{\"check\": %.9g}\n", (double)step(0));
    } else {
      for (int i = 0; i < 3; ++i) step(1);
      const double began = now();
      for (long i = 0; i < steps; ++i) step(1);
      printf("{\"seconds\": %.9g}\n", now() - began);
    }
    fflush(stdout);
  }
  return 0;
}
