"""What fitted models of scikit-learn and its relatives call while they are loaded."""

from __future__ import annotations

from governance.scanning.engine.pickle.listing.names import in_each, names

JOBLIB = names("joblib.numpy_pickle", "NumpyArrayWrapper") | names(
    "sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper"
)

_SCIPY_SPARSE = "bsr coo csc csr dia dok lil"
_SPARSE_CLASSES = " ".join(
    f"{kind}_{end}" for kind in _SCIPY_SPARSE.split() for end in ("matrix", "array")
)
LEARN = (
    frozenset(
        pair
        for kind in _SCIPY_SPARSE.split()
        for module in (f"scipy.sparse.{kind}", f"scipy.sparse._{kind}")
        for pair in names(module, _SPARSE_CLASSES)
    )
    | names("sklearn.tree._tree", "Tree")
    | names(
        "sklearn._loss._loss",
        "CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss "
        "CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss "
        "CyPinballLoss",
    )
    | names(
        "sklearn.linear_model._sgd_fast",
        "EpsilonInsensitive Hinge Huber Log ModifiedHuber SquaredEpsilonInsensitive SquaredHinge "
        "SquaredLoss",
    )
    | names(
        "sklearn.feature_selection._univariate_selection",
        "chi2 f_classif f_oneway f_regression r_regression",
    )
    | names("sklearn.neighbors._kd_tree", "newObj")
    | names("sklearn.neighbors._ball_tree", "newObj")
    | names("sklearn.metrics._dist_metrics", "newObj")
    | in_each(
        "sklearn.metrics._classification sklearn.metrics.classification",
        "accuracy_score balanced_accuracy_score brier_score_loss class_likelihood_ratios cohen_kappa_score d2_brier_score "
        "d2_log_loss_score f1_score fbeta_score hamming_loss hinge_loss jaccard_score log_loss matthews_corrcoef precision_score "
        "recall_score zero_one_loss",
    )
    | in_each(
        "sklearn.metrics._regression sklearn.metrics.regression",
        "d2_absolute_error_score d2_pinball_score d2_tweedie_score explained_variance_score max_error mean_absolute_error "
        "mean_absolute_percentage_error mean_gamma_deviance mean_pinball_loss mean_poisson_deviance mean_squared_error "
        "mean_squared_log_error mean_tweedie_deviance median_absolute_error r2_score root_mean_squared_error "
        "root_mean_squared_log_error",
    )
    | in_each(
        "sklearn.metrics._ranking sklearn.metrics.ranking",
        "average_precision_score coverage_error dcg_score label_ranking_average_precision_score label_ranking_loss ndcg_score "
        "roc_auc_score top_k_accuracy_score",
    )
    | in_each(
        "sklearn.metrics.cluster._supervised sklearn.metrics.cluster.supervised",
        "adjusted_mutual_info_score adjusted_rand_score completeness_score fowlkes_mallows_score homogeneity_score "
        "mutual_info_score normalized_mutual_info_score rand_score v_measure_score",
    )
    | names(
        "sklearn.metrics.pairwise",
        "additive_chi2_kernel chi2_kernel cosine_distances cosine_similarity euclidean_distances haversine_distances "
        "laplacian_kernel linear_kernel manhattan_distances nan_euclidean_distances pairwise_distances pairwise_kernels "
        "polynomial_kernel rbf_kernel sigmoid_kernel",
    )
    | names("sklearn.feature_selection._mutual_info", "mutual_info_classif mutual_info_regression")
    | names(
        "sklearn.cluster._kmeans",
        "_kmeans_single_elkan _kmeans_single_lloyd _labels_inertia _labels_inertia_threadpool_limit",
    )
    | names("scipy._lib.array_api_compat.numpy._aliases", "asarray")
    | names("sklearn.externals.array_api_compat.numpy._aliases", "asarray")
)
