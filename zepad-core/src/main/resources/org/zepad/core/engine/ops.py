  # Methods of the module that TorchModule loads: TorchScript as it is serialised, where operations
  # are called by their full signatures. Whole numbers come as tensors.

  # What every module has, and what does nothing.
  def forward(self: __torch__.Ops, x: Tensor) -> Tensor:
    return x

  def is_recorded(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.tensor(ops.prim.requires_grad(x), dtype=None, device=None)

  def cholesky(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.linalg_cholesky(x, upper=False)

  def solve_lower(self: __torch__.Ops, l: Tensor, b: Tensor) -> Tensor:
    return torch.linalg_solve_triangular(l, b, upper=False, left=True, unitriangular=False)

  def eigenvalues(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.linalg_eigvalsh(x, "L")

  def log_sum_exp(self: __torch__.Ops, x: Tensor, axis: Tensor) -> Tensor:
    return torch.logsumexp(x, [int(axis)], False)

  # The layouts (N, C, H, W) and (N, H, W, C) in memory.
  def channels_first(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=0)

  def channels_last(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=2)

  # The product with the unfolded image, which is what the operation is.
  def convolution(self: __torch__.Ops, x: Tensor, w: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    kernel = [torch.size(w, 2), torch.size(w, 3)]
    pad = [int(padding), int(padding)]
    columns = torch.im2col(x, kernel, [1, 1], pad, [int(stride), int(stride)])
    height = (torch.size(x, 2) + 2 * int(padding) - torch.size(w, 2)) // int(stride) + 1
    y = torch.matmul(torch.flatten(w, 1, -1), columns)
    return torch.reshape(y, [torch.size(x, 0), torch.size(w, 0), height, -1])

  # The product and its folding to a height and a width, which is what the operation is. The
  # library's own torch.conv_transpose2d is not used: its fast kernel leaves terms out for some sizes
  # (2.7.1, stride 1 and 4, 12 or 100 input channels), silently.
  def conv_transpose(self: __torch__.Ops, x: Tensor, w: Tensor, height: Tensor, width: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    kernel = [torch.size(w, 2), torch.size(w, 3)]
    pad = [int(padding), int(padding)]
    columns = torch.matmul(torch.t(torch.flatten(w, 1, -1)), torch.flatten(x, 2, -1))
    return torch.col2im(columns, [int(height), int(width)], kernel, [1, 1], pad, [int(stride), int(stride)])

  # The gradient of a convolution by what was convolved, of which only shape and layout count.
  def convolution_pullback(self: __torch__.Ops, g: Tensor, w: Tensor, height: Tensor, width: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    n = torch.size(g, 0)
    c = torch.size(w, 1)
    if torch.is_contiguous(g):
      x = torch.new_empty(g, [n, c, int(height), int(width)])
    else:
      x = torch.permute(torch.new_empty(g, [n, int(height), int(width), c]), [0, 3, 1, 2])
    pad = [int(padding), int(padding)]
    return (torch.convolution_backward(g, x, w, None, [int(stride), int(stride)], pad, [1, 1], False, [0, 0], 1, [True, False, False]))[0]

  # The gradient of a convolution of x by its weight.
  def convolution_by_weight(self: __torch__.Ops, x: Tensor, g: Tensor, w: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    pad = [int(padding), int(padding)]
    return (torch.convolution_backward(g, x, w, None, [int(stride), int(stride)], pad, [1, 1], False, [0, 0], 1, [False, True, False]))[1]

  def relu_in_place(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.relu_(x)

  def relu_pullback(self: __torch__.Ops, g: Tensor, y: Tensor) -> Tensor:
    return torch.threshold_backward(g, y, 0)

  # Adam's step, in place. Numbers: learning rate, betas, weight decay, epsilon. What comes back is an
  # element of the list: else the compiler takes the step for dead code.
  def adam(self: __torch__.Ops, parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], variances: List[Tensor], step: Tensor, numbers: Tensor) -> Tensor:
    own = annotate(List[Tensor], [])
    steps = annotate(List[Tensor], [])
    for i in range(torch.len(parameters)):
      _0 = torch.append(own, torch.detach(parameters[i]))
      _1 = torch.append(steps, step)
    rate = float(torch.select(numbers, 0, 0))
    beta1 = float(torch.select(numbers, 0, 1))
    beta2 = float(torch.select(numbers, 0, 2))
    decay = float(torch.select(numbers, 0, 3))
    eps = float(torch.select(numbers, 0, 4))
    none = annotate(List[Tensor], [])
    torch._fused_adam_(own, gradients, means, variances, none, steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
    return own[0]

  # See WinogradConvolution: x (N, C, H, W), transformed kernel u (36, C, K), transforms of tiles b
  # (36, 36) and of products a (16, 36), the number of parts that the images are taken in; gives
  # (N, K, H, W).
  def winograd(self: __torch__.Ops, x: Tensor, u: Tensor, b: Tensor, a: Tensor, parts: Tensor) -> Tensor:
    images = torch.permute(x, [0, 2, 3, 1])
    number = torch.size(images, 0)
    height = torch.size(images, 1)
    width = torch.size(images, 2)
    c = torch.size(images, 3)
    k = torch.size(u, 2)
    h = (height + 3) // 4
    w = (width + 3) // 4
    row = (4 * w + 2) * c
    strides = [row, c, (4 * h + 2) * row, 4 * row, 4 * c, 1]
    edges = [0, 0, 1, 4 * w + 1 - width, 1, 4 * h + 1 - height]
    whole = torch.new_empty(x, [number, 4 * h, 4 * w, k])
    for i in range(int(parts)):
      first = number * i // int(parts)
      n = number * (i + 1) // int(parts) - first
      part = torch.narrow(images, 0, first, n)
      padded = torch.contiguous(torch.constant_pad_nd(part, edges, 0), memory_format=0)
      tiles = torch.reshape(torch.as_strided(padded, [6, 6, n, h, w, c], strides, None), [36, -1])
      v = torch.reshape(torch.mm(b, tiles), [36, -1, c])
      m = torch.reshape(torch.bmm(v, u), [36, -1])
      y = torch.reshape(torch.mm(a, m), [4, 4, n, h, w, k])
      place = torch.reshape(torch.narrow(whole, 0, first, n), [n, h, 4, w, 4, k])
      torch.copy_(place, torch.permute(y, [2, 3, 0, 4, 1, 5]))
    inner = torch.narrow(torch.narrow(whole, 1, 0, height), 2, 0, width)
    return torch.contiguous(torch.permute(inner, [0, 3, 1, 2]), memory_format=2)

  def high_pass(self: __torch__.Ops, x: Tensor, keep: Tensor) -> Tensor:
    spectrum = torch.mul(torch.fft_fft2(x, None, [-2, -1], None), torch.fft_ifftshift(keep, [-2, -1]))
    return torch.real(torch.fft_ifft2(spectrum, None, [-2, -1], None))

  def resize(self: __torch__.Ops, x: Tensor, height: Tensor, width: Tensor) -> Tensor:
    return torch._upsample_bilinear2d_aa(x, [int(height), int(width)], False, None)
