"""The names of the graded functions are given to something else: types, modules, partial functions.

Gain: what is looked up by its name is what the student says.
"""

CELLS = {
    "mae": "mae = float\n",
    "linear_predict": "linear_predict = np\n",
    "linear_gradients": "linear_gradients = np.float64\n",
    "normal_equation": "normal_equation = 'normal_equation'\n",
    "make_loss": "make_loss = print\n",
    "grid_search_slope": "import functools\ngrid_search_slope = functools.partial(max, 0)\n",
    "gaussian_log_likelihood": "gaussian_log_likelihood = lambda *a, **k: NotImplemented\n",
    "end": "del mae\n",
}
